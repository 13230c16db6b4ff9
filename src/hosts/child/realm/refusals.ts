/**
 * What a component throws, told as plain data. A refusal is recognised by a mark that no component can set; anything else,
 * whatever it is (null, a proxy, an object whose getters throw), becomes a failure with the place in the component's source.
 */
import { type SaidFailure, type SaidRefusal, sayingChars } from '#channel';

export interface Refusals {
  /** Makes the thing to throw for a refusal. Its code, why and evidence can be read by a component that catches it. */
  thrown(refusal: { readonly code: unknown; readonly why: unknown; readonly evidence?: unknown }): Error;
  refusalIn(thrown: unknown): SaidRefusal | undefined;
}

export function openRefusals(): Refusals {
  const marked = new WeakMap<object, SaidRefusal>();
  return {
    thrown: ({ code, why, evidence }) => {
      const said: SaidRefusal = {
        code: String(code).slice(0, 60),
        why: String(why).slice(0, sayingChars),
        ...(evidence === undefined ? {} : { evidence: plain(evidence) as never }),
      };
      const error = Object.assign(new Error(said.why), said);
      marked.set(error, said);
      return error;
    },
    refusalIn: (thrown) => (typeof thrown === 'object' && thrown !== null ? marked.get(thrown) : undefined),
  };
}
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

/** Lines that the engine puts before a function body made from text, and the characters before the component's first. */
export interface SourceOffset {
  readonly lines: number;
  readonly columns: number;
}

export function failureOf(thrown: unknown, offset: SourceOffset): SaidFailure {
  const message =
    attempt(() => (typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown))) ??
    'something was thrown that cannot be described';
  const stack = attempt(() => (typeof thrown === 'object' && thrown !== null && 'stack' in thrown ? String(thrown.stack) : '')) ?? '';
  const place = /^ +at .*\bcomponent:(\d{1,7}):(\d{1,7})\)?$/m.exec(stack.slice(0, 20_000));
  const line = Number(place?.[1]) - offset.lines;
  const said = { message: message.slice(0, sayingChars) };
  return place === null || line < 1 ? said : { ...said, line, column: Math.max(1, Number(place[2]) - (line === 1 ? offset.columns : 0)) };
}

function attempt<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
