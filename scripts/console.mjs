// What the commands of this repository print: one line per step with its time, and a step's output only when it fails.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Ends the command with a message for the person who ran it. */
export function fail(message, exitCode = 1) {
  process.stderr.write(`\n${message}\n`);
  process.exit(exitCode);
}

/**
 * Runs a command from the root of the repository and prints one line: what it does, and how long it took. When the
 * command fails, everything it said follows. Resolves to its exit code and standard output.
 */
export async function step(title, command, args, env) {
  process.stdout.write(`${title}…`);
  const started = performance.now();
  const { exitCode, output, stdout } = await run(command, args, env);
  process.stdout.write(
    exitCode === 0 ? ` ${seconds(started)}\n` : ` failed: ${[command, ...args].join(' ')}\n\n${output}\n`,
  );
  return { exitCode, stdout };
}

/** A step without which nothing else makes sense: resolves to its standard output, or ends the command. */
export async function requiredStep(title, command, args, env) {
  const { exitCode, stdout } = await step(title, command, args, env);
  if (exitCode !== 0) fail(`${title} failed; the reason stands above.`, exitCode);
  return stdout;
}

/** Runs a command with its output shown as it comes; resolves to its exit code. */
export async function show(command, args, env) {
  return (await run(command, args, env, 'inherit')).exitCode;
}

function run(command, args, env, output = 'pipe') {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', output, output],
      shell: process.platform === 'win32',
    });
    const chunks = { stdout: '', output: '' };
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      chunks.stdout += text;
      chunks.output += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text) => {
      chunks.output += text;
    });
    child.on('error', (error) => resolve({ ...chunks, output: `${error.message}\n`, exitCode: 1 }));
    child.on('close', (code) => resolve({ ...chunks, exitCode: code ?? 1 }));
  });
}

function seconds(started) {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}
