/**
 * The words of a request. What flows in: raw text. What flows out: typed tokens, or a clear refusal.
 * Never: a token dropped. Letters, digits and marks that no grammar knows become `mark` tokens, and no rule takes them.
 */
import { wordTable } from './word-table.ts';

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly raw: string; readonly at: number }
  /** A name in quotation marks, as it was written. */
  | { readonly kind: 'quoted'; readonly text: string; readonly raw: string; readonly at: number }
  /** `text` is plain decimal text: "1000.50". */
  | { readonly kind: 'number' | 'money' | 'percent'; readonly text: string; readonly raw: string; readonly at: number }
  /** `text` is "2026-01-31". */
  | { readonly kind: 'date'; readonly text: string; readonly raw: string; readonly at: number }
  | { readonly kind: 'mark'; readonly text: string; readonly raw: string; readonly at: number };

export interface LexingProblem {
  readonly why: string;
  readonly word?: string;
  readonly at?: number;
}
export type Lexed = { readonly ok: true; readonly tokens: readonly Token[] } | { readonly ok: false; readonly problem: LexingProblem };

export const LONGEST_REQUEST = 4000;

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const CURRENCY_WORDS = wordTable({
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  chf: 'CHF',
  franc: 'CHF',
  francs: 'CHF',
  jpy: 'JPY',
  yen: 'JPY',
  sek: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  pln: 'PLN',
  cad: 'CAD',
  aud: 'AUD',
  inr: 'INR',
  cny: 'CNY',
});
const CURRENCY_SIGNS = wordTable({ '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' });

const NUMBER = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?';
const PIECE = new RegExp(
  [
    '(?<iso>\\d{4}-\\d{2}-\\d{2})(?!\\d)',
    '(?<slashed>\\d{1,4}[/.]\\d{1,2}[/.]\\d{2,4})(?!\\d)',
    '(?<yesno>\\b(?:yes\\s*[/-]\\s*no|yes[- ]or[- ]no|true\\s*/\\s*false)\\b)',
    `(?<number>(?:${NUMBER})(?![\\p{L}\\d]))`,
    `(?<glued>\\d+\\p{L}[\\p{L}\\d]*)`,
    "(?<word>\\p{L}[\\p{L}\\p{M}\\d]*(?:'\\p{L}+)?)",
    '"(?<quoted>[^"\\n]{1,80})"',
    '(?<mark>\\.\\.\\.|[^\\s])',
  ].join('|'),
  'giu',
);

const normalise = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u2018\u2019\u201b\u00b4`\u02bc]/g, "'")
    .replace(/[\u201c\u201d\u201e\u201f\u00ab\u00bb]/g, '"')
    .replace(/[\u2010\u2011\u2212]/g, '-')
    .replace(/[\u2013\u2014]/g, ' , ')
    .replace(/[\u00a0\u202f\u2009]/g, ' ')
    .replace(/\u200b|\ufeff/g, '');

const CONTRACTIONS = wordTable<readonly string[]>({
  "can't": ['can', 'not'],
  cannot: ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
  "it's": ['it', 'is'],
  "that's": ['that', 'is'],
  "there's": ['there', 'is'],
  "let's": ['let', 'us'],
});

/** Plain decimal text without thousands separators and without zeros that say nothing. */
const plainNumber = (text: string): string => {
  const [whole = '0', part = ''] = text.replaceAll(',', '').split('.');
  const digits = part.replace(/0+$/, '');
  const plain = whole.replace(/^0+(?=\d)/, '');
  return digits === '' ? plain : `${plain}.${digits}`;
};
const isDate = (text: string): boolean => {
  const made = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(text);
};

/** `currency` is the code of the system's currency: an amount in another one is refused. */
export function lex(request: string, currency: string): Lexed {
  if (request.length > LONGEST_REQUEST) {
    return problem(`The request has ${request.length} characters; ${LONGEST_REQUEST} are the most. Ask for one change at a time.`);
  }
  const text = normalise(request);
  if (text.trim() === '')
    return problem('The request is empty. Say in a sentence what should change, for example "Add a phone to customers".');
  const foreign = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.exec(text);
  if (foreign !== null) return problem('The request must be written in English, in Latin letters.', foreign[0], foreign.index);

  const tokens: Token[] = [];
  const word = (raw: string, at: number): void => {
    const lower = raw.toLowerCase();
    const known = CONTRACTIONS[lower];
    if (known !== undefined) for (const part of known) tokens.push({ kind: 'word', text: part, raw, at });
    else if (lower.endsWith("n't")) for (const part of [lower.slice(0, -3), 'not']) tokens.push({ kind: 'word', text: part, raw, at });
    else if (lower.endsWith("'s")) {
      tokens.push({ kind: 'word', text: lower.slice(0, -2), raw: raw.slice(0, -2), at });
      tokens.push({ kind: 'mark', text: "'s", raw: "'s", at: at + raw.length - 2 });
    } else tokens.push({ kind: 'word', text: lower, raw, at });
  };
  for (const match of text.matchAll(PIECE)) {
    const at = match.index;
    const raw = match[0];
    const groups = match.groups ?? {};
    if (groups['iso'] !== undefined) {
      if (!isDate(raw)) return problem(`There is no date ${raw}.`, raw, at);
      tokens.push({ kind: 'date', text: raw, raw, at });
    } else if (groups['slashed'] !== undefined) {
      return problem(`The date ${raw} can be read in more than one way. Write it as 2026-01-31.`, raw, at);
    } else if (groups['yesno'] !== undefined) tokens.push({ kind: 'word', text: 'yes/no', raw, at });
    else if (groups['number'] !== undefined) {
      if (/^[1-9]\d{0,2}\.\d{3}$/.test(raw))
        return problem(`The number ${raw} can be read in two ways. Write ${raw.replace('.', ',')} or ${Number(raw)}.`, raw, at);
      tokens.push({ kind: 'number', text: plainNumber(raw), raw, at });
    } else if (groups['word'] !== undefined) word(raw, at);
    else if (groups['quoted'] !== undefined) tokens.push({ kind: 'quoted', text: groups['quoted'].trim(), raw, at });
    else tokens.push({ kind: 'mark', text: raw, raw, at });
  }
  return joinAmounts(joinHyphens(joinDates(tokens)), currency);
}

const problem = (why: string, word?: string, at?: number): Lexed => ({
  ok: false,
  problem: word === undefined ? { why } : { why, word, at: at ?? 0 },
});

/** "e-mail" is one word; other hyphens between letters part two words; a minus before a digit belongs to the number. */
function joinHyphens(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const next = tokens[index + 1];
    const before = joined.at(-1);
    const touches = next !== undefined && next.at === token.at + 1;
    if (
      token.kind === 'mark' &&
      token.text === '-' &&
      touches &&
      before?.kind === 'word' &&
      next.kind === 'word' &&
      before.at + before.raw.length === token.at
    ) {
      if (before.text === 'e' && next.text.startsWith('mail')) {
        joined[joined.length - 1] = { ...before, text: `e${next.text}`, raw: `${before.raw}-${next.raw}` };
        index += 1;
      }
      continue;
    }
    if (token.kind === 'mark' && token.text === '-' && touches && next.kind === 'number' && before?.kind !== 'number') {
      joined.push({ ...next, text: `-${next.text}`, raw: `-${next.raw}`, at: token.at });
      index += 1;
      continue;
    }
    joined.push(token);
  }
  return joined;
}

/** "1 March 2026" and "March 1, 2026". */
function joinDates(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  const month = (token: Token | undefined): number => (token?.kind === 'word' ? MONTHS.indexOf(token.text) + 1 : 0);
  const day = (token: Token | undefined): number => (token?.kind === 'number' && /^\d{1,2}$/.test(token.text) ? Number(token.text) : 0);
  const year = (token: Token | undefined): number => (token?.kind === 'number' && /^\d{4}$/.test(token.raw) ? Number(token.text) : 0);
  for (let index = 0; index < tokens.length; index += 1) {
    const [a, b, c, d] = tokens.slice(index, index + 4);
    if (a === undefined) continue;
    const comma = c?.kind === 'mark' && c.text === ',';
    const made =
      day(a) > 0 && month(b) > 0 && year(c) > 0
        ? ([year(c), month(b), day(a), 2] as const)
        : month(a) > 0 && day(b) > 0 && comma && year(d) > 0
          ? ([year(d), month(a), day(b), 3] as const)
          : undefined;
    const text = made === undefined ? '' : `${made[0]}-${String(made[1]).padStart(2, '0')}-${String(made[2]).padStart(2, '0')}`;
    if (made !== undefined && isDate(text)) {
      joined.push({ kind: 'date', text, raw: text, at: a.at });
      index += made[3];
    } else joined.push(a);
  }
  return joined;
}

/** "500 EUR", "€500", "10%", "10 percent". */
function joinAmounts(tokens: readonly Token[], currency: string): Lexed {
  const joined: Token[] = [];
  const currencyOf = (token: Token | undefined): string | undefined =>
    token?.kind === 'word' ? CURRENCY_WORDS[token.text] : token?.kind === 'mark' ? CURRENCY_SIGNS[token.text] : undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) continue;
    const next = tokens[index + 1];
    const after = tokens[index + 2];
    const before = next?.kind === 'number' ? currencyOf(token) : undefined;
    const behind = token.kind === 'number' ? currencyOf(next) : undefined;
    const code = before ?? behind;
    if (code !== undefined && next !== undefined) {
      const raw = `${token.raw} ${next.raw}`;
      if (code !== currency) return problem(`The currency of this system is ${currency}; "${raw}" is in another one.`, raw, token.at);
      joined.push({ kind: 'money', text: before === undefined ? token.text : next.text, raw, at: token.at });
      index += 1;
    } else if (
      token.kind === 'number' &&
      next !== undefined &&
      ((next.kind === 'mark' && next.text === '%') || (next.kind === 'word' && next.text === 'percent'))
    ) {
      joined.push({ kind: 'percent', text: token.text, raw: `${token.raw}${next.raw}`, at: token.at });
      index += 1;
    } else if (token.kind === 'number' && next?.kind === 'word' && next.text === 'per' && after?.kind === 'word' && after.text === 'cent') {
      joined.push({ kind: 'percent', text: token.text, raw: `${token.raw} per cent`, at: token.at });
      index += 2;
    } else joined.push(token);
  }
  return { ok: true, tokens: joined };
}
