/** A sequence in words, as one would tell it to the person who asked: who did what with which row, one thing after the other. Pure. */
import type { Json, JsonObject } from '#kernel';
import type { ExampleStep } from '#model';

/** `otherwise`: who does what is done by nobody in particular. */
export const toldSequence = (steps: readonly ExampleStep[], otherwise: string): string =>
  steps.map((step) => toldStep(step, 'by' in step && step.by !== undefined ? step.by : otherwise)).join('; ');

function toldStep(step: ExampleStep, who: string): string {
  if ('today' in step) return `it is ${step.today}`;
  if ('after' in step && !('run' in step)) return `${step.after} pass`;
  if ('outside' in step) return `${step.outside} answers ${JSON.stringify(step.answers)}`;
  if ('create' in step) return `${who} creates ${step.create}${called(step.create, step.as)}${withValues(step.with)}`;
  if ('update' in step) return `${who} changes ${step.update}${to(step.with)}`;
  if ('delete' in step) return `${who} deletes ${step.delete}`;
  if ('approve' in step) return `${who} approves ${step.approve}`;
  if ('call' in step) {
    const on = step.on === undefined ? '' : ` on ${step.on}`;
    const made = step.as === undefined ? '' : `, which makes ${step.as}`;
    return `${who} calls ${step.call}${on}${step.with === undefined ? '' : withValues(step.with)}${made}`;
  }
  if ('react' in step) return `${step.react} runs${step.on === undefined ? '' : ` on ${step.on}`}`;
  if ('run' in step) return 'at' in step ? `${step.run} runs at ${step.at}` : `${step.after} pass, and ${step.run} runs by its schedule`;
  return 'somebody looks';
}
const called = (kind: string, name: string | undefined): string => (name === undefined || name === kind ? '' : ` ${name}`);
const withValues = (values: JsonObject): string => (Object.keys(values).length === 0 ? '' : ` with ${listed(values)}`);
const to = (values: JsonObject): string => (Object.keys(values).length === 0 ? '' : ` to ${listed(values)}`);

/** `stock 1, price 2.50, lines (product tea, quantity 3)`. */
export function listed(values: JsonObject): string {
  const parts = Object.entries(values).map(([name, value]) => `${name} ${said(value)}`);
  return parts.length > 8 ? `${parts.slice(0, 8).join(', ')} and more` : parts.join(', ');
}
function said(value: Json): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value))
    return value.length === 0
      ? 'none'
      : value.map((item: Json) => (typeof item === 'object' ? `(${said(item)})` : said(item))).join(' and ');
  if (typeof value === 'object') return 'amount' in value ? String((value as JsonObject)['amount']) : listed(value as JsonObject);
  const text = String(value);
  return text.length > 40 ? `"${text.slice(0, 40).toWellFormed()}..."` : text === '' || /\s/.test(text) ? `"${text}"` : text;
}
