/**
 * Vectors that a provider gave, kept in PostgreSQL with the workshop's login, so that a text is sent once and not again after a restart.
 * Held by the digest of the text; the text itself is not kept. So many at most: the oldest go.
 */
import { createHash } from 'node:crypto';
import pg from 'pg';

export interface KeptVectors {
  find(digests: readonly string[]): Promise<ReadonlyMap<string, Float32Array>>;
  keep(vectors: ReadonlyMap<string, Float32Array>): Promise<void>;
  /** All of this space: its provider gives others now. */
  forget(): Promise<void>;
  close(): Promise<void>;
}
/** Of all spaces; 6 KB each with 1,536 numbers. */
const MOST = 10_000;

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `space` names the model and its address: vectors of two are never compared. */
export function keptVectors(databaseUrl: string, space: string, most: number = MOST): KeptVectors {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, application_name: 'theseus vectors' });
  pool.on('error', () => {});
  return {
    find: async (digests) => {
      const found = await pool.query<{ digest: string; vector: Buffer }>(
        'select digest, vector from theseus.vectors where space = $1 and digest = any($2)',
        [space, digests],
      );
      return new Map(found.rows.map(({ digest, vector }) => [digest, numbersOf(vector)]));
    },
    keep: async (vectors) => {
      const digests = [...vectors.keys()];
      const bytes = [...vectors.values()].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
      await pool.query(
        'insert into theseus.vectors (space, digest, vector) select $1, * from unnest($2::text[], $3::bytea[]) on conflict do nothing',
        [space, digests, bytes],
      );
      await pool.query(
        'delete from theseus.vectors where (space, digest) in (select space, digest from theseus.vectors order by kept_at desc, digest offset $1)',
        [most],
      );
    },
    forget: async () => void (await pool.query('delete from theseus.vectors where space = $1', [space])),
    close: () => pool.end(),
  };
}

function numbersOf(bytes: Buffer): Float32Array {
  const numbers = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(numbers.buffer).set(bytes);
  return numbers;
}
