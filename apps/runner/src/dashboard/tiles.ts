import type { Catalogue } from '@crimetracker/dashboard/documents';
import { CrimeTrackerError, EXIT_CODES } from '@crimetracker/schema';

/** Reads the address of raster tiles; null without. Throws `tiles-invalid`. */
export function readTiles(url: string | undefined, attribution: string | undefined): Catalogue['tiles'] {
  if (url === undefined) return null;
  const isAddress = /^https?:\/\//.test(url) && URL.canParse(url.replaceAll(/[{}]/g, ''));
  const hasPlaces = ['{z}', '{x}', '{y}'].every((place) => url.includes(place));
  if (isAddress && hasPlaces && attribution !== undefined) return { url, attribution };
  throw new CrimeTrackerError('--tiles needs an address with {z}, {x} and {y}, and --tiles-attribution.', {
    code: 'tiles-invalid',
    exitCode: EXIT_CODES.usage,
    hint: "Such as --tiles 'https://tiles.example.org/{z}/{x}/{y}.png' --tiles-attribution 'Map data by …'.",
  });
}
