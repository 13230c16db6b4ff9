/**
 * Tries: to be handed the frames of the stack, with the functions and receivers of the host in them.
 * Must: no frame is ever handed over.
 */
import type { IsolateAttack } from '../harness/attack.ts';

export const attack: IsolateAttack = {
  body: `const spy = (error, frames) => { for (const frame of frames) { take('a frame'); deed(frame.getThis?.()?.constructor?.constructor); deed(frame.getFunction?.()?.constructor); } return frames; };
for (const holder of [Error, TypeError, RangeError, Function.prototype ?? {}, Object.prototype, globalThis]) try { holder.prepareStackTrace = spy; } catch {}
for (const holder of [Error, TypeError]) try { Object.defineProperty(holder, 'prepareStackTrace', { value: spy }); } catch {}
class Own extends Error { static prepareStackTrace = spy; }
for (const error of [new Own('x'), new Error('x')]) if (typeof error.stack !== 'string' && error.stack !== undefined) take('a stack that is no text');
try { null.x; } catch (error) { if (typeof error.stack !== 'string') take('a stack that is no text'); }
const holder = {};
Error.captureStackTrace?.(holder, spy);
if (typeof holder.stack !== 'string' && holder.stack !== undefined) take('a stack that is no text');`,
};
