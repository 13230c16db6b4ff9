/** The attacks of a class: one file each, with a head note that says what is tried and what must happen. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export async function attacksOf<Attack>(kind: string): Promise<ReadonlyMap<string, Attack>> {
  const folder = join(root, kind);
  const found = new Map<string, Attack>();
  for (const file of readdirSync(folder).sort()) {
    const path = join(folder, file);
    assert.match(
      readFileSync(path, 'utf8'),
      /^\/\*\*[^]*?Tries:[^]*?Must:[^]*?\*\//,
      `${kind}/${file} says what it tries and what must happen`,
    );
    const module = (await import(path)) as { readonly attack?: Attack };
    assert.ok(module.attack !== undefined, `${kind}/${file} exports attack`);
    found.set(file.replace(/\.ts$/, ''), module.attack);
  }
  assert.ok(found.size > 0, `there are attacks in ${kind}`);
  return found;
}
