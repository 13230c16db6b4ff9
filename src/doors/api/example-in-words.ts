/**
 * An acceptance example as a person reads it: given what is there, when something is done, then what follows. It comes from a model,
 * an agent or a person, so its shape is not trusted: what is not known is said as it stands. Pure.
 */
import type { Json, JsonObject } from './resources.ts';

export interface ExampleLine {
  readonly word: 'given' | 'when' | 'then';
  readonly text: string;
  /** Which step it says. */
  readonly step: number;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function exampleName(example: Json): string {
  return isObject(example) && typeof example['name'] === 'string' ? example['name'] : '';
}

export function exampleSteps(example: Json): readonly JsonObject[] {
  const steps = isObject(example) ? example['steps'] : undefined;
  return Array.isArray(steps) ? (steps as readonly Json[]).filter(isObject) : [];
}

export function exampleInWords(example: Json): readonly ExampleLine[] {
  const lines: ExampleLine[] = [];
  let acted = false;
  for (const [step, say] of exampleSteps(example).entries()) {
    const looks = ('read' in say && !('http' in say)) || 'find' in say || 'show' in say || 'emitted' in say || 'sent' in say;
    const sets =
      (('create' in say && !('http' in say)) || 'today' in say || 'outside' in say || 'update' in say) && say['then'] === undefined;
    if (looks) {
      lines.push({ word: 'then', text: lookText(say), step });
      continue;
    }
    acted ||= !sets;
    lines.push({ word: acted ? 'when' : 'given', text: deedText(say, acted), step });
    if (say['then'] !== undefined) lines.push({ word: 'then', text: expectedText(say['then'], 'it'), step });
  }
  return lines;
}

function deedText(step: JsonObject, acted: boolean): string {
  const by = typeof step['by'] === 'string' ? `, by ${step['by']}` : '';
  const named = typeof step['as'] === 'string' ? ` “${step['as']}”` : '';
  const values = step['with'] === undefined ? '' : ` with ${valuesText(step['with'])}`;
  const on = typeof step['on'] === 'string' ? ` on “${step['on']}”` : '';
  if (typeof step['http'] === 'string') return `sending ${step['http']}${headersText(step['headers'])}${values}${by}`;
  if (typeof step['create'] === 'string') return `${acted ? 'making ' : ''}${step['create']}${named}${values}${by}`;
  if (typeof step['update'] === 'string')
    return `${acted ? 'changing ' : ''}“${step['update']}”${acted ? ' to' : ' changed to'}${values.slice(5)}${by}`;
  if (typeof step['delete'] === 'string') return `deleting “${step['delete']}”${by}`;
  if (typeof step['call'] === 'string') return `calling ${step['call']}${on}${values}${by}`;
  if (typeof step['approve'] === 'string') return `approving “${step['approve']}”${by}`;
  if (typeof step['react'] === 'string')
    return `${step['react']} reacts${on}${step['was'] === undefined ? '' : `, which was ${valuesText(step['was'])}`}${values}`;
  if (typeof step['run'] === 'string' && typeof step['after'] === 'string')
    return `${step['after']} pass${step['after'].startsWith('1 ') ? 'es' : ''}, and ${step['run']} runs by its schedule`;
  if (typeof step['run'] === 'string') return `${step['run']} runs${typeof step['at'] === 'string' ? ` at ${step['at']}` : ''}`;
  if (typeof step['after'] === 'string') return `${step['after']} pass${step['after'].startsWith('1 ') ? 'es' : ''}`;
  if (typeof step['today'] === 'string') return `today is ${step['today']}`;
  if (typeof step['outside'] === 'string') return `${step['outside']} answers ${JSON.stringify(step['answers'] ?? null)}`;
  return JSON.stringify(step);
}

function lookText(step: JsonObject): string {
  const then = step['then'];
  const by = typeof step['by'] === 'string' ? ` for ${step['by']}` : '';
  if (typeof step['read'] === 'string') return `${expectedText(then, `“${step['read']}”`)}${by}`;
  if (typeof step['find'] === 'string') {
    const wanted = `${step['find']} with ${valuesText(step['with'])}`;
    if (isObject(then) && then['refused'] !== undefined) return `there is no ${wanted}${by}`;
    return `there is one ${wanted}${by}${then === undefined ? '' : `, and ${expectedText(then, 'it')}`}`;
  }
  const left = typeof step['emitted'] === 'string' ? `${step['emitted']} was emitted` : step['sent'] === undefined ? undefined : 'sent';
  if (left !== undefined) {
    const all = (Array.isArray(then) ? (then as readonly Json[]) : []).map(valuesText).join('; ');
    return left === 'sent'
      ? `to ${String(step['sent'])} ${all === '' ? 'nothing is sent' : `is sent ${all}`}`
      : `${all === '' ? `no ${left}` : `${left} with ${all}`}`;
  }
  const rows = Array.isArray(then) ? (then as readonly Json[]) : [];
  return `${String(step['show'])} shows ${rows.length === 0 ? 'nothing' : rows.map(valuesText).join('; ')}${by}`;
}

function expectedText(expected: Json | undefined, who: string): string {
  if (!isObject(expected)) return `${who} is ${valueText(expected)}`;
  if (typeof expected['refused'] === 'string')
    return `${who} is refused (${expected['refused']}${expected['fields'] === undefined ? '' : `: ${valuesText(expected['fields'])}`})`;
  return Object.keys(expected).length === 0 ? `${who} is done` : `${who} has ${valuesText(expected)}`;
}

const headersText = (headers: Json | undefined): string => (headers === undefined ? '' : ` with headers ${valuesText(headers)}`);

function valuesText(values: Json | undefined): string {
  if (!isObject(values)) return valueText(values);
  const said = Object.entries(values).map(([name, value]) => `${name} ${valueText(value)}`);
  return said.length === 0 ? 'nothing' : said.join(', ');
}

function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return `(${(value as readonly Json[]).map(valuesText).join('; ')})`;
  return isObject(value) ? `(${valuesText(value)})` : String(value);
}
