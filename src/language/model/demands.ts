/**
 * What an entity asks of the values of its fields and did not ask before: a field that must be there now, narrower bounds, fewer choices,
 * values that must differ. Rows that are there were written without it, so they have to be asked. A field that is new asks nothing of
 * them: nobody could have filled it in. Pure.
 */
import { canonicalJson, type EntityContract, type Field, type Json, type PermanentId } from '#kernel';
import { limits, mustBeSeen, plainShape } from '#schema';

export interface Demand {
  /** As the rows stand in. */
  readonly was: Field;
  readonly now: Field;
  /** The list whose items it is asked of, as the rows stand in. */
  readonly list?: Field;
  readonly asks: Asked;
}
export type Asked =
  /** `seen`: a text in which nothing can be seen is none. */
  | { readonly kind: 'present'; readonly seen: boolean }
  /** No other row has the same. */
  | { readonly kind: 'different' }
  /** Of texts their characters; of all else the value, as it is written in definitions. */
  | { readonly kind: 'least' | 'most'; readonly of: 'characters' | 'value'; readonly bound: string }
  | { readonly kind: 'among'; readonly choices: readonly PermanentId[]; readonly names: readonly string[] }
  /** What rows cannot be asked of by a statement: it is not shown of them. */
  | { readonly kind: 'shape' };

export function newDemands(was: EntityContract, now: EntityContract): readonly Demand[] {
  return demandsOf(was.fields, now.fields);
}

/**
 * All that an entity asks of the values of these fields as they stand in `was`, whenever it was first asked: rows from before may stay without
 * it. Of a field that is computed nothing is asked, and what bars a change no row is without.
 */
export function standingDemands(was: EntityContract, now: EntityContract, fields: ReadonlySet<PermanentId>): readonly Demand[] {
  return demandsOf(was.fields.map(unasked), now.fields).filter((demand) => fields.has(demand.now.id) && rowsMayStay(demand));
}
/** The field as if nothing were asked of its values. */
function unasked(field: Field): Field {
  const { type } = field;
  const { min: _, max: __, ...open } = type as typeof type & { readonly min?: unknown; readonly max?: unknown };
  const free = type.kind === 'list' ? { ...type, fields: type.fields.map(unasked) } : (open as Field['type']);
  return { ...field, type: free, required: false };
}

function demandsOf(was: readonly Field[], now: readonly Field[], list?: Field): readonly Demand[] {
  return now.flatMap((field) => {
    const before = was.find(({ id }) => id === field.id);
    if (before === undefined || before.derived !== undefined || field.derived !== undefined) return [];
    if (before.type.kind === 'list' && field.type.kind === 'list')
      return list === undefined ? demandsOf(before.type.fields, field.type.fields, before) : [];
    return newlyAsked(before, field).map((asks) => ({ was: before, now: field, asks, ...(list === undefined ? {} : { list }) }));
  });
}

function newlyAsked(was: Field, now: Field): readonly Asked[] {
  const [a, b] = [was.type, now.type];
  if (a.kind !== b.kind) return [];
  const found: Asked[] = [];
  const seen = mustBeSeen(now);
  if (now.required && (!was.required || (seen && !mustBeSeen(was)))) found.push({ kind: 'present', seen });
  if (now.unique && !was.unique) found.push({ kind: 'different' });
  if (a.kind === 'choice' && b.kind === 'choice') {
    const left = new Set(b.choices.map(({ id }) => id));
    if (a.choices.some(({ id }) => !left.has(id)))
      found.push({ kind: 'among', choices: [...left], names: b.choices.map(({ name }) => name) });
  }
  if (
    b.kind === 'json' &&
    b.shape !== undefined &&
    canonicalJson(plainShape((a as { readonly shape?: Json }).shape ?? null)) !== canonicalJson(plainShape(b.shape))
  )
    found.push({ kind: 'shape' });
  const of = b.kind === 'text' ? 'characters' : 'value';
  const [low, high] = [boundsOf(was), boundsOf(now)];
  if (low === undefined || high === undefined) return found;
  // one character at least is asked where the text is required, and told there
  if (high.least !== undefined && !(b.kind === 'text' && high.least === '1') && isAbove(high.least, low.least))
    found.push({ kind: 'least', of, bound: high.least });
  if (high.most !== undefined && isAbove(low.most, high.most)) found.push({ kind: 'most', of, bound: high.most });
  return found;
}

interface Bounds {
  readonly least: string | undefined;
  readonly most: string | undefined;
}
function boundsOf({ type, required }: Field): Bounds | undefined {
  switch (type.kind) {
    case 'text':
      if (type.secret === true) return undefined;
      return {
        least: String(type.min ?? (required ? 1 : 0)),
        most: String(type.max ?? (type.multiline === true ? limits.multilineText : limits.text)),
      };
    case 'integer':
    case 'duration':
      return { least: type.min === undefined ? undefined : String(type.min), most: type.max === undefined ? undefined : String(type.max) };
    case 'money':
    case 'decimal':
    case 'quantity':
    case 'date':
      return { least: type.min, most: type.max };
    default:
      return undefined;
  }
}
/** Of two bounds as they are written; one that is not there is as far out as can be. */
function isAbove(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one !== other;
  return one.includes('-', 1) ? one > other : Number(one) > Number(other);
}

/**
 * Whether rows that do not meet it may stay as they are until they are next written. Two that are the same, or one in a choice that is
 * gone, may not: nobody could say afterwards which of them is meant, or what it is.
 */
export const rowsMayStay = ({ asks }: Demand): boolean => asks.kind !== 'different' && asks.kind !== 'among';

/** "has an email", "has an email that no other has", "has at most 20 characters in name". */
export function asksInWords({ now: { name }, list, asks }: Demand): string {
  const where = list === undefined ? name : `${name} of ${list.name}`;
  switch (asks.kind) {
    case 'present':
      return `has a value in ${where}`;
    case 'different':
      return `has another ${where} than all others`;
    case 'least':
    case 'most': {
      const bound = `${asks.kind === 'least' ? 'at least' : 'at most'} ${asks.bound}`;
      return asks.of === 'characters' ? `has ${bound} characters in ${where}` : `has ${bound} in ${where}`;
    }
    case 'among':
      return `has one of ${asks.names.join(', ')} in ${where}`;
    case 'shape':
      return `has the shape that is asked for in ${where}`;
  }
}
/** Of `count` rows: "have no value in email". */
export function breaksInWords({ now: { name }, list, asks }: Demand, count: number): string {
  const has = count === 1 ? 'has' : 'have';
  const where = list === undefined ? name : `${name} of ${list.name}`;
  switch (asks.kind) {
    case 'present':
      return `${has} no value in ${where}`;
    case 'different':
      return `${has} the same ${where} as another`;
    case 'least':
    case 'most': {
      const bound = `${asks.kind === 'least' ? 'less than' : 'more than'} ${asks.bound}`;
      return asks.of === 'characters'
        ? `${has} ${asks.kind === 'least' ? 'fewer than' : 'more than'} ${asks.bound} characters in ${where}`
        : `${has} ${bound} in ${where}`;
    }
    case 'among':
      return `${has} none of ${asks.names.join(', ')} in ${where}`;
    case 'shape':
      return `${has} another shape in ${where}`;
  }
}
