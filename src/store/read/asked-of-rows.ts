/**
 * What an entity asks of the values of its fields, asked of the rows that are there: what is new before a change is offered, and what bars
 * it again before it serves, since rows come meanwhile; all of it where something is proved of rows. A few rows are named where everybody may see all of them.
 */
import { type Call, type EntityContract, isRefusal, type PermanentId } from '#kernel';
import {
  accessOn,
  asksInWords,
  breaksInWords,
  type Demand,
  entityById,
  newDemands,
  rowsMayStay,
  sensitiveIn,
  standingDemands,
} from '#model';
import type { Prepared } from '../prepare/prepare-model.ts';
import type { Reader } from './reader.ts';

export interface AskedOfRows {
  /** What a row does that meets it: "has a value in email". */
  readonly asks: string;
  /** How many do not, and which: `3 rows have no value in email, among them "Ada"`. Null where all do. */
  readonly broken: string | null;
  /** They could not be asked: what is asked cannot be, the asker may not see it, or it took too long. */
  readonly untold: boolean;
  /** Those that do not meet it stay as they are until they are next written; false where they bar the change. */
  readonly stay: boolean;
}

export interface Asker {
  /** Whether sensitive values are read. */
  readonly seesAll: boolean;
  /** Only what bars the change is asked, since nothing is told of the rest. */
  readonly barringAlone: boolean;
}

/** `prepared` is what the rows stand in. Most changes ask nothing new of rows, and cost nothing here. */
export async function askedOfRows(
  read: Pick<Reader, 'unkept'>,
  call: Call,
  prepared: Prepared,
  now: EntityContract,
  { seesAll, barringAlone }: Asker,
): Promise<readonly AskedOfRows[]> {
  const was = entityById(prepared.model, now.id);
  const demands = was === undefined ? [] : newDemands(was, now).filter((demand) => !barringAlone || !rowsMayStay(demand));
  return was === undefined ? [] : told(read, call, prepared, was, demands, seesAll);
}

/** What `now` asks of these fields, whenever it was first asked; sensitive values are not looked at. */
export async function askedEver(
  read: Pick<Reader, 'unkept'>,
  call: Call,
  prepared: Prepared,
  now: EntityContract,
  fields: ReadonlySet<PermanentId>,
): Promise<readonly AskedOfRows[]> {
  const was = entityById(prepared.model, now.id);
  return was === undefined ? [] : told(read, call, prepared, was, standingDemands(was, now, fields), false);
}

async function told(
  read: Pick<Reader, 'unkept'>,
  call: Call,
  prepared: Prepared,
  was: EntityContract,
  demands: readonly Demand[],
  seesAll: boolean,
): Promise<readonly AskedOfRows[]> {
  if (demands.length === 0) return [];
  const { model } = prepared;
  const hidden = sensitiveIn(model);
  const title = was.fields.find(({ name }) => name === was.title);
  const allRead = model.settings.roles.every(({ read: reads }) => reads);
  const titled = allRead && accessOn(model, was.id).length === 0 && title !== undefined && !hidden.has(title.id);
  const asked: AskedOfRows[] = [];
  for (const demand of demands) {
    const [asks, stay] = [asksInWords(demand), rowsMayStay(demand)];
    const secret = hidden.has(demand.was.id) || (demand.list !== undefined && hidden.has(demand.list.id));
    const found = demand.asks.kind === 'shape' || (secret && !seesAll) ? null : await read.unkept(call, prepared, was.id, demand, titled);
    if (found === null || isRefusal(found)) asked.push({ asks, broken: null, untold: true, stay });
    else if (found.count === 0) asked.push({ asks, broken: null, untold: false, stay });
    else
      asked.push({
        asks,
        broken: `${found.count === 1 ? 'one row' : `${found.count} rows`} ${breaksInWords(demand, found.count)}${which(found.titles, found.count)}`,
        untold: false,
        stay,
      });
  }
  return asked;
}

const which = (titles: readonly string[], count: number): string => {
  const named = titles.map((title) => `"${title}"`);
  const last = named.at(-1);
  if (last === undefined) return '';
  const all = named.length === 1 ? last : `${named.slice(0, -1).join(', ')} and ${last}`;
  return count > named.length ? `, among them ${all}` : `: ${all}`;
};
