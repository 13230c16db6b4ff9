/**
 * How a transaction of a write begins: serializable, behind the fence of its activation. Locks take no snapshot, so what reads
 * `live` after them sees a close. Sends alone; what the answers mean is the caller's to say.
 */
import type { Call } from '#kernel';
import { dateIn } from '#schema';
import type { Answer, Link } from '../connection/link.ts';
import { statement } from '../connection/statement.ts';
import type { Prepared } from '../prepare/prepare-model.ts';

const FENCES = 16;
/** What a session's statements may take where nothing is said, in milliseconds; locks ahead of `enter` wait in steps, for few texts. */
const LONGEST_STATEMENT = 10_000;
const PATIENCE_STEP = 250;

const settings = `set_config('theseus.caller', $2::text, true), set_config('theseus.today', $3::text, true), set_config('statement_timeout', $4::text, true)`;
/** $1 activation, $2 caller, $3 today, $4 milliseconds that a statement may take. The first column is the state of the activation. */
const enter = statement(`select state, ${settings} from theseus.live where activation = $1::integer`);
/** The same, which fails where the activation is closed, or leave is asked for with $5 and not given. */
const enterOrFail = statement(
  `select 1 / count(*), ${settings} from theseus.live where activation = $1::integer and state in ('serving', 'draining') and $5::text in ('', current_setting('theseus.free', true))`,
);

export interface Begun {
  readonly locks: readonly Promise<Answer>[];
  /** The answer of `enter`. */
  readonly entered: Promise<Answer>;
}

/** `left`: milliseconds to the deadline. `queue`: the number of the queue in which to take a turn. `free`: enter or fail. */
export function sendBegin(
  link: Link,
  call: Call,
  prepared: Prepared,
  left: number,
  { queue, free }: { readonly queue?: number | undefined; readonly free?: string },
): Begun {
  link.end();
  const locks = [link.command('begin isolation level serializable')];
  const waits = Math.ceil(left / PATIENCE_STEP) * PATIENCE_STEP;
  if (waits < LONGEST_STATEMENT) locks.push(link.command(`set local statement_timeout = ${waits}`));
  if (queue !== undefined) locks.push(link.command(`lock table theseus.queue_${queue} in exclusive mode`));
  locks.push(link.command(`lock table theseus.fence_${((call.activation % FENCES) + FENCES) % FENCES} in access share mode`));
  const values = [call.activation, call.caller.id, dateIn(prepared.model.settings.timeZone, call.now), left];
  return { locks, entered: free === undefined ? link.run(enter, values) : link.run(enterOrFail, [...values, free]) };
}
