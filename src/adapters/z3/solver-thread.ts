/**
 * One thread with one Z3 of its own (WebAssembly). Takes a script and answers what Z3 says of it. Each script meets an empty context,
 * and sets its limits itself: Z3 keeps them for the whole module, from one context to the next. Never: a script by the package's own
 * `eval_smtlib2_string`, which hands Z3's thread a text on a stack that is given back before that thread has read it; under load one
 * script in fifty was read garbled.
 */
import { parentPort } from 'node:worker_threads';
import { init } from 'z3-solver';
import type { SolverAnswer } from '#ports';

export interface Asked {
  readonly script: string;
  readonly milliseconds: number;
  readonly effort: number;
}
export type Told = { readonly ready: true } | SolverAnswer;

/** What the package lets through of its module, untyped: memory of a fixed size, and Z3 as it is called from another thread. */
interface Module {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  async_call(call: () => void): Promise<string>;
  _async_Z3_eval_smtlib2_string(context: unknown, text: number): void;
}
const { Z3, em } = (await init()) as Awaited<ReturnType<typeof init>> & { readonly em: Module };
type Context = ReturnType<typeof Z3.mk_context>;

/** What Z3 says of a text, which stays where it is until that is said. */
async function evaluate(context: Context, text: string): Promise<string> {
  const bytes = Buffer.from(`${text}\0`);
  const at = em._malloc(bytes.length);
  if (at === 0) throw new Error('no memory for the script');
  em.HEAPU8.set(bytes, at);
  try {
    return await em.async_call(() => em._async_Z3_eval_smtlib2_string(context, at));
  } finally {
    em._free(at);
  }
}
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread of Node has no origin
const tell = (told: Told): void => parentPort?.postMessage(told);

async function answer({ script, milliseconds, effort }: Asked): Promise<SolverAnswer> {
  const config = Z3.mk_config();
  const context = Z3.mk_context(config);
  Z3.del_config(config);
  try {
    const limits = `(set-option :timeout ${milliseconds})\n(set-option :rlimit ${effort})\n`;
    const said = (await evaluate(context, `${limits}${script}\n(check-sat)\n`)).trim();
    if (said === 'unsat') return { verdict: 'unsat' };
    if (said === 'sat') return { verdict: 'sat', model: await evaluate(context, '(get-model)') };
    if (said !== 'unknown') return { verdict: 'unknown', why: `Z3 said: ${said.slice(0, 300)}` };
    const why = await evaluate(context, '(get-info :reason-unknown)');
    return { verdict: 'unknown', why: /"([^"]*)"/.exec(why)?.[1] ?? why.trim().slice(0, 300) };
  } finally {
    Z3.del_context(context);
  }
}

parentPort?.on('message', (asked: Asked) => {
  answer(asked).then(tell, (cause: unknown) =>
    tell({ verdict: 'unknown', why: `Z3 failed: ${cause instanceof Error ? cause.message : String(cause)}` }),
  );
});
// What the first questions would wait for: code that is compiled when it is first used.
await answer({
  script: '(declare-const x Int)(declare-const y Int)(assert (< x y))(assert (< y x))',
  milliseconds: 2_000,
  effort: 1_000_000,
});
await answer({ script: '(declare-const x Int)(assert (= (div x 7) 5))(assert (< 3 x))', milliseconds: 2_000, effort: 1_000_000 });
tell({ ready: true });
