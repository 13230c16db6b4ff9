/**
 * A request for a quality, in people's words. Pure: the same words of the same system are read alike. What is not about speed, time
 * or memory of something of this system is left to others; what is, and holds words that are not read, is asked back.
 */
import type { SystemModel } from '#model';
import { plainWords } from '#settings';
import { mentionedEntity, operationIn, subjectIn } from './subject.ts';
import type { QualityWish } from './wish.ts';

const much = '(?:much |far |a lot |a bit |a little |considerably |significantly )?';
const must = '(?:must|should|shall|has to|have to|needs? to|ought to|is to|are to)';
const toLoad = '(?: to (?:load|open|list|show|appear|answer|respond|come|come up))?';
const time = '(\\d+(?:\\.\\d+)?) ?(ms|msec|millis|milliseconds?|s|sec|seconds?)';
const patterns = (all: readonly string[]): readonly RegExp[] => all.map((text) => new RegExp(`^${text}$`));

const faster = patterns([
  `(?:make|get|have) (.+?) (?:load |answer |respond |go |run |work )?${much}(?:faster|quicker|speedier|snappier|more quickly|fast|quick)`,
  `make (.+?) less slow`,
  `speed up (.+)`,
  `speed (.+?) up`,
  `accelerate (.+)`,
  `(?:improve|increase|optimi[sz]e) (?:the )?(?:performance|speed|response times?|query times?) of (.+)`,
  `(.+?) (?:is|are|has become|have become|have got|has got|got|gets|feels?|seems?) (?:far |much |always |often )?(?:too |very |so |really |quite |rather |pretty |terribly |painfully )?slow(?: now| lately| again| these days)?${toLoad}`,
  `(.+?) takes? (?:far |much )?(?:too|very|so|quite|really) (?:long|much time)${toLoad}`,
  `(.+?) takes? (?:ages|forever|for ever|an eternity)${toLoad}`,
  `it takes (?:ages|forever|for ever|an eternity) to (.+)`,
  `it takes (?:far |much )?(?:too|very|so|quite|really) long to (.+)`,
  `(.+?) ${must} (?:be |load |answer |respond |become |get )?${much}(?:faster|quicker|fast|quick|more quickly)`,
  `why (?:is|are) (.+?) so slow`,
  `(?:we|i) (?:wait|are waiting|am waiting) (?:far |much )?(?:too|very|so) long for (.+)`,
]);
const within = patterns([
  `(.+?) ${must} (?:always |each |all )?(?:answer|respond|reply|load|come|come back|be (?:there|listed|read|answered|shown|found|fast enough to answer))(?: in| within| under| less than| at most| no more than| not more than| no later than| after)* ${time}(?: at most| or less)?`,
  `(.+?) ${must} (?:not |never )?take (?:in|within|under|less than|at most|no more than|not more than|longer than|more than|no longer than) ?${time}(?: at most| or less)?`,
  `(?:the )?(?:response|answer|loading|load) times? (?:of|for) (.+?) ${must} (?:always )?(?:be|stay|remain) (?:under|below|within|less than|at most|no more than) ${time}`,
  `(?:answer|list|show|load) (.+?) (?:in|within) (?:at most |less than |under )?${time}`,
]);
const anyhow = patterns([
  `(.+?) (?:need not|no longer (?:must|has to|have to|needs? to)|(?:do|does) not (?:need|have) to) answer (?:in|within) (?:any|a|a given|any given|a certain) time(?: any more)?`,
  `(.+?) (?:need not|no longer (?:must|has to|have to|needs? to)|(?:do|does) not (?:need|have) to) answer (?:in|within) ${time}(?: any more)?`,
]);
const withoutIndex = patterns([
  `(?:stop keeping|no longer keep|do not keep|drop|remove|delete|do without) (?:the |an |any )?index(?:es)? (?:for|of|on) (.+)`,
]);
const memory = patterns([
  `(?:use|take|need|consume) less (?:memory|ram)(?: for (.+))?`,
  `(?:make|let|have) (.+?) (?:use|take|need|consume) less memory`,
  `(.+?) ${must} (?:use|take|need|consume) less memory`,
  `(?:reduce|lower|cut|decrease|shrink|save) (?:the |our |some )?(?:memory|ram)(?: usage| use| consumption| footprint)?(?: of (.+)| for (.+))?`,
  `(.+?) (?:uses?|takes?|needs?|consumes?) (?:far |much )?too much memory`,
]);
const WHOLE = /^(?:it|this|that|everything|the (?:whole )?(?:system|program|programme|app|application|server|software)|all(?: of it)?|us)$/;

export function readQuality(text: string, model: SystemModel): QualityWish | undefined {
  const plain = plainWords(text)
    .replace(/(?: [.?])+$/, '')
    .replace(
      /^(?:(?:please|can you|could you|would you|we want to|we need to|i want to|i would like to|we would like to|we would like you to|let us|you should|hello|hi) )+/,
      '',
    )
    .replace(/ please$/, '');
  if (plain.includes(' . ') || plain.includes(' ? ')) return undefined;
  const found = (all: readonly RegExp[]): readonly string[] | undefined => {
    for (const pattern of all) {
      const match = pattern.exec(plain);
      if (match !== null) return match.slice(1).filter((group) => group !== undefined);
    }
    return undefined;
  };
  const less = found(memory);
  if (less !== undefined) return aboutMemory(less[0], model);
  const given = found(anyhow);
  if (given !== undefined) return about(given[0] ?? '', model, (subject) => ({ kind: 'anyhow', subject }));
  const dropped = found(withoutIndex);
  if (dropped !== undefined) return about(dropped[0] ?? '', model, (subject) => ({ kind: 'without-index', subject }));
  const timed = found(within);
  if (timed !== undefined) {
    const [subject = '', amount = '', unit = ''] = timed;
    const milliseconds = Math.round(Number(amount) * (unit.startsWith('s') ? 1000 : 1));
    return about(subject, model, (of) => ({ kind: 'within', subject: of, milliseconds }), milliseconds);
  }
  const slow = found(faster);
  return slow === undefined ? undefined : about(slow[0] ?? '', model, (subject) => ({ kind: 'faster', subject }));
}

function about(
  words: string,
  model: SystemModel,
  wish: (subject: NonNullable<ReturnType<typeof subjectIn>>) => QualityWish,
  milliseconds?: number,
): QualityWish | undefined {
  const subject = subjectIn(words, model);
  if (subject !== undefined) return wish(subject);
  const timed = milliseconds === undefined ? {} : { milliseconds };
  const operation = operationIn(words, model);
  if (operation !== undefined) return { kind: 'operation', name: operation, ...timed };
  const entity = mentionedEntity(words, model);
  return entity === undefined ? undefined : { kind: 'unclear', entity, words, ...timed };
}

function aboutMemory(words: string | undefined, model: SystemModel): QualityWish | undefined {
  if (words === undefined || WHOLE.test(words)) return { kind: 'memory' };
  const entity = subjectIn(words, model)?.entity;
  return entity === undefined ? undefined : { kind: 'memory', entity };
}
