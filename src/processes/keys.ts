/** Key pairs and the operator's key, made once in the data folder, readable by its owner alone. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyPair {
  readonly privateKey: string;
  readonly publicKey: string;
}

/** Ed25519 in PEM. */
export function openKeyPair(root: string, name: 'kernel' | 'workshop'): KeyPair {
  const folder = join(root, 'keys');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${name}.json`);
  if (!existsSync(file)) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    writeFileSync(file, JSON.stringify({ privateKey, publicKey }), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, 'utf8')) as KeyPair;
}

/** The key by which the command line on this machine speaks for the owner. */
export function openOperatorKey(root: string): string {
  const file = join(root, 'operator.key');
  if (!existsSync(file)) writeFileSync(file, `key_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}
