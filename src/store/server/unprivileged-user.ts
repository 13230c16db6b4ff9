/**
 * PostgreSQL refuses to run as root, and nothing of ours should. Why: a container or a small server often has only root.
 * Promises: as an ordinary user, nothing changes; as root, a user is named that is not root. Reads /etc/passwd alone.
 */
import { readFileSync } from 'node:fs';

export interface UnprivilegedUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const preferred = ['theseus', 'postgres', 'daemon', 'nobody'];

/** Null where this process is not root and its own user serves. */
export function unprivilegedUser(passwd: string = readPasswd()): UnprivilegedUser | null {
  if (process.getuid?.() !== 0) return null;
  const users = passwd.split('\n').map((line) => line.split(':'));
  for (const name of preferred) {
    const found = users.find((user) => user[0] === name);
    const [uid, gid] = [Number(found?.[2]), Number(found?.[3])];
    if (found !== undefined && uid > 0 && Number.isInteger(gid)) return { name, uid, gid };
  }
  throw new Error(
    'PostgreSQL does not run as root, and none of the users theseus, postgres, daemon or nobody is there to run it. Create one: useradd --system theseus',
  );
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}
