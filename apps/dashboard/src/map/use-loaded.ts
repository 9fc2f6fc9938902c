import { useEffect, useState } from 'preact/hooks';

/** What a promise gives: undefined while it is awaited, null when it failed. Asked for again when the key changes. */
export function useLoaded<Value>(key: string, load: () => Promise<Value>): Value | null | undefined {
  const [loaded, setLoaded] = useState<{ readonly key: string; readonly value: Value | null }>();
  useEffect(() => {
    let isGone = false;
    load().then(
      (value) => !isGone && setLoaded({ key, value }),
      () => !isGone && setLoaded({ key, value: null }),
    );
    return () => {
      isGone = true;
    };
  }, [key]);
  return loaded?.key === key ? loaded.value : undefined;
}
