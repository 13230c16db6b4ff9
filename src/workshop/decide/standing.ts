/** How a request stands to what the system says of itself: which statement speaks most of it, how much of it, and whether their figures and denials agree. */
import { rootOf } from '#settings';
import type { Mentions } from './mentions.ts';
import type { Statement } from './statement.ts';
import { alike, isPlain } from './thesaurus.ts';

export interface Standing {
  readonly best: Statement | undefined;
  /** How much of the request's own words the best statement has, from 0 to 1. */
  readonly share: number;
  /** It wishes that something happens at its time. */
  readonly byItself: boolean;
  /** What is so of it, and how much: shares from 0 to 1, and counts. */
  readonly flags: readonly string[];
  readonly amounts: readonly (readonly [string, number])[];
}
interface Cover {
  readonly statement: Statement;
  /** How much of the request it covers, and how much of it the request. */
  readonly share: number;
  readonly back: number;
  readonly hits: number;
  readonly figures: 'none' | 'unasked' | 'agree' | 'differ' | 'unknown';
  readonly score: number;
}
const MOST_WORDS = 60;
const DENIES = /\b(?:not|never|no|nobody|only|forbid\w*|prevent\w*|refuse\w*|stop)\b/;
const OF_COMPONENTS: readonly string[] = ['operation', 'rule', 'view', 'unasked', 'setting', 'otherwise'];
/** It is to happen at its time, and nobody calls it. */
const UNASKED =
  /\b(?:(?:each|every) (?:\w+ )?(?:day|night|morning|evening|noon|hour|week|month|quarter|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday)|daily|nightly|hourly|weekly|monthly|yearly|overnight|by (?:itself|themselves)|automatic\w*|on its own|on their own|after (?:a|an|\d+) (?:hour|day|week|month|year)s?)\b/;
/** Something that is there is to go. */
const TAKES_AWAY =
  /\b(?:(?:get|be|got) rid of|remove|abolish|scrap|do away with|away with|throw out|kick out|take (?:\w+ ){1,8}(?:out|off|away)\b|drop|delete|(?:can|has to|must) go\b|hide|lift|switch off|stop (?:that|the|calculating|showing)|not (?:need|want|use) (?:\w+ ){1,4}any ?more|(?:nobody|no 1|never) (?:\w+ )?(?:uses?|needs?|looks?|reads?|wants?|fills?))\b/;

export function standingOf(mentions: Mentions, statements: readonly Statement[]): Standing {
  const covers = coversOf(mentions, statements);
  const ofKind = (fits: (kind: string) => boolean): Cover | undefined => first(covers.filter(({ statement }) => fits(statement.kind)));
  const best = first(covers);
  if (best === undefined) return { best: undefined, share: 0, byItself: false, flags: [], amounts: [] };
  const figures = asked(mentions);
  const { statement, share } = best;
  const byItself = UNASKED.test(mentions.plain);
  const gone = TAKES_AWAY.test(mentions.plain);
  const flags = [
    ...(gone ? ['takes away', `takes away:${statement.kind}`] : []),
    ...(gone && mentions.names.length + mentions.numbers.length > 0 ? ['takes away:names'] : []),
    `best:${share >= 0.99 ? 'whole' : share >= 0.8 ? 'most' : share < 0.5 ? 'little' : 'half'}`,
    `best:${statement.kind}`,
    ...(byItself ? [`by itself:${statement.kind}`] : []),
    `best:figures:${best.figures}`,
    `best:denial:${DENIES.test(mentions.plain)}:${statement.denies}`,
    ...(figures.some((figure) => !statements.some((each) => each.figures.has(figure))) ? ['new figure'] : []),
  ];
  const amounts: [string, number][] = [
    ...(gone ? [['takes away:share', share] satisfies [string, number]] : []),
    ['best', share],
    ['best:back', best.back],
    ['best:hits', Math.min(4, best.hits)],
    [`best:${statement.kind}:share`, share],
    ...OF_COMPONENTS.map((kind): [string, number] => [`${kind}:share`, ofKind((each) => each === kind)?.share ?? 0]),
    ['entity:share', ofKind((each) => !OF_COMPONENTS.includes(each))?.share ?? 0],
  ];
  return { best: statement, share, byItself, flags, amounts };
}
const asked = ({ numbers }: Mentions): readonly string[] => numbers.filter((number) => number !== '1');
/** Of equal ones the first: the order of the statements is that of the model. */
const first = (covers: readonly Cover[]): Cover | undefined =>
  covers.reduce<Cover | undefined>((best, each) => (best === undefined || each.score > best.score ? each : best), undefined);

function coversOf(mentions: Mentions, statements: readonly Statement[]): readonly Cover[] {
  const names = new Set(mentions.names);
  const unknown = new Set(mentions.unknown);
  const known = new Set(mentions.known);
  const words = [...new Set(mentions.plain.split(' '))]
    .filter((word) => /^\p{L}/u.test(word) && !isPlain(word) && !names.has(word))
    .slice(0, MOST_WORDS)
    .map((word) => ({ own: rootOf(word), others: [...alike(word)], weight: unknown.has(word) ? 13 : known.has(word) ? 10 : 5 }));
  const total = words.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const figures = asked(mentions);
  return statements.map((statement) => {
    const used = new Set<string>();
    const sum = words.reduce((all, { own, others, weight }) => {
      const hit = statement.roots.has(own) ? own : others.find((root) => statement.roots.has(root));
      if (hit === undefined) return all;
      used.add(hit);
      return all + weight * (hit === own ? 1 : 0.85);
    }, 0);
    const share = Math.round((sum / total) * 100) / 100;
    const back = Math.round((used.size / Math.max(1, statement.roots.size)) * 100) / 100;
    const agree = figures.length > 0 && figures.every((figure) => statement.figures.has(figure));
    const bare = statement.figures.size === 0;
    return {
      statement,
      share,
      back,
      hits: used.size,
      figures: figures.length === 0 ? (bare ? 'none' : 'unasked') : agree ? 'agree' : bare ? 'unknown' : 'differ',
      score: Math.round(share * 100 + back * 30 + (agree ? 25 : 0)),
    };
  });
}
