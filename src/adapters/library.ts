/**
 * The organisation's documents (port Library): a folder of Markdown, text and PDF, in passages, indexed in PostgreSQL. The folder is looked
 * at again for each question and what differs is read again. What cannot be read is skipped, with its reason told once and kept in
 * theseus.documents. Passages are data: nothing in them is followed.
 */
import pg from 'pg';
import type { Library } from '#ports';
import { type FoundFile, listDocuments } from './library/list-documents.ts';
import { mostPassages, passagesOf } from './library/passages-of.ts';
import { pdfText } from './library/pdf-text.ts';
import { readDocument } from './library/read-document.ts';

export interface LibraryOptions {
  readonly databaseUrl: string;
  readonly folder: string;
  /** The words of a text, as they are asked for. */
  readonly words: (text: string) => readonly string[];
  readonly log: (line: string) => void;
  /** A question waits no longer than this for documents that are being read; it is answered by what is read by then. */
  readonly patienceMs?: number;
}
export interface OpenLibrary extends Library {
  /** Reads what differs; a question does so by itself. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}
/** Of all documents together. */
const MOST_PASSAGES = 20_000;
const SHORTEST_SPELT = 4;
const stampOf = ({ size, changed }: FoundFile): string => `${size} ${changed}`;

export function openLibrary({ databaseUrl, folder, words, log, patienceMs = 5_000 }: LibraryOptions): OpenLibrary {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'theseus library' });
  pool.on('error', () => {});
  let reading: Promise<void> | null = null;
  let spelling: Promise<boolean> | null = null;
  let closed = false;
  const refresh = (): Promise<void> => {
    reading ??= readAgain().finally(() => {
      reading = null;
    });
    return reading;
  };

  async function readAgain(): Promise<void> {
    let files: readonly FoundFile[];
    try {
      files = await listDocuments(folder);
    } catch (cause) {
      log(`the documents in ${folder} cannot be looked at: ${cause instanceof Error ? cause.message : String(cause)}`);
      return;
    }
    const found = await pool.query<{ path: string; stamp: string; passages: number }>(
      'select path, stamp, passages from theseus.documents',
    );
    const known = new Map(found.rows.map((row) => [row.path, row]));
    const there = new Set(files.map(({ path }) => path));
    const gone = [...known.keys()].filter((path) => !there.has(path));
    if (gone.length > 0) await pool.query('delete from theseus.documents where path = any($1)', [gone]);
    let room = MOST_PASSAGES - found.rows.reduce((sum, { path, passages }) => sum + (there.has(path) ? passages : 0), 0);
    for (const file of files) {
      if (closed) return;
      const before = known.get(file.path);
      if (before?.stamp === stampOf(file)) continue;
      room += before?.passages ?? 0;
      room -= await take(file, room);
    }
  }

  /** How many passages it came to. */
  async function take(file: FoundFile, room: number): Promise<number> {
    const read = await readDocument(folder, file, pdfText);
    const passages = 'text' in read ? passagesOf(read.text) : [];
    const skipped =
      'skipped' in read
        ? read.skipped
        : passages.length > room
          ? `the documents together have more than ${MOST_PASSAGES} passages`
          : passages.length === mostPassages
            ? `only its first ${mostPassages} passages are read`
            : null;
    if (skipped !== null) log(`document ${JSON.stringify(file.path)} is skipped: ${skipped}`);
    const kept = passages.length > room ? [] : passages;
    const client = await pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into theseus.documents (path, stamp, passages, skipped) values ($1, $2, $3, $4)
         on conflict (path) do update set stamp = excluded.stamp, passages = excluded.passages, skipped = excluded.skipped, read_at = now()`,
        [file.path, stampOf(file), kept.length, skipped],
      );
      await client.query('delete from theseus.passages where path = $1', [file.path]);
      for (const [at, text] of kept.entries())
        await client.query('insert into theseus.passages (path, no, text, words) values ($1, $2, $3, array_to_tsvector($4::text[]))', [
          file.path,
          at + 1,
          text,
          [...new Set(words(`${file.path.replace(/\.\w+$/, '')} ${text}`))],
        ]);
      await client.query('commit');
    } catch (cause) {
      await client.query('rollback').catch(() => undefined);
      throw cause;
    } finally {
      client.release();
    }
    return kept.length;
  }

  const hasSpelling = async (): Promise<boolean> =>
    (await pool.query<{ there: boolean }>(`select to_regclass('theseus.passages_spelling') is not null as there`)).rows[0]?.there ?? false;

  return {
    refresh,
    find: async (weights, most) => {
      await atMost(refresh(), patienceMs, () => log('documents are still being read; a question is answered by what is read so far'));
      // Letters and digits alone: nothing of a question is syntax of a query.
      const asked = [...weights.keys()].filter((word) => /^[\p{L}\p{N}]+$/u.test(word));
      const held = await pool.query<{ word: string; holding: string; total: string }>(
        `select word, (select count(*) from theseus.passages where words @@ quote_literal(word)::tsquery) as holding,
           (select count(*) from theseus.passages) as total from unnest($1::text[]) word`,
        [asked],
      );
      const total = Number(held.rows[0]?.total ?? 0);
      const holding = new Map(held.rows.map((row) => [row.word, Number(row.holding)]));
      const known = asked.filter((word) => (holding.get(word) ?? 0) > 0);
      const strange = asked.filter((word) => holding.get(word) === 0 && word.length >= SHORTEST_SPELT);
      const worth = known.map((word) => (weights.get(word) ?? 0) * rarityOf(holding.get(word) ?? 0, total));
      const found = await pool.query<Row>(
        `select path, no, text from unnest($1::text[], $2::float8[]) asked (word, worth) join theseus.passages on words @@ quote_literal(word)::tsquery
         group by path, no, text order by sum(worth) desc, path, no limit $3`,
        [known, worth, most],
      );
      spelling ??= hasSpelling();
      const spelt = strange.length > 0 && (await spelling) ? await spelledAlike(strange, most) : [];
      return { passages: [...found.rows, ...spelt].map(({ path, no, text }) => ({ source: `${path}#${no}`, text })), total, holding };
    },
    close: async () => {
      closed = true;
      await reading?.catch(() => undefined);
      await pool.end();
    },
  };

  async function spelledAlike(strange: readonly string[], most: number): Promise<readonly Row[]> {
    const found = await pool.query<Row>(
      `select distinct path, no, text from unnest($1::text[]) word join theseus.passages on word operator(theseus.<%) text limit $2`,
      [strange.slice(0, 20), most],
    );
    return found.rows;
  }
}
/** As BM25 weighs words: what few hold says more. */
const rarityOf = (holding: number, total: number): number => Math.log(1 + (total - holding + 0.5) / (holding + 0.5));
interface Row {
  readonly path: string;
  readonly no: number;
  readonly text: string;
}

/** How many documents of a folder can be read, and why the others cannot; for whoever asks before a system runs. */
export async function lookOver(folder: string): Promise<{ readonly read: number; readonly skipped: readonly string[] }> {
  const skipped: string[] = [];
  const files = await listDocuments(folder);
  for (const file of files) {
    const read = await readDocument(folder, file, pdfText);
    if ('skipped' in read) skipped.push(`${file.path.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '?')}: ${read.skipped}`);
  }
  return { read: files.length - skipped.length, skipped };
}

async function atMost(work: Promise<void>, ms: number, late: () => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, ms, 'late');
  });
  try {
    if ((await Promise.race([work, waited])) === 'late') late();
  } finally {
    clearTimeout(timer);
  }
}
