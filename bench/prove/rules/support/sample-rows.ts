/**
 * Rows drawn by seed for a case: bounds of fields and their neighbours, numbers that stand in its sources, absent values,
 * short lists. A search, no proof: it finds what was thought wrongly.
 */
import type { EntityContract, Field } from '#kernel';
import type { SystemModel } from '#model';
import type { RuleCase, Values } from './rule-case.ts';

/** A number from 0 to below 1, the same again for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const days = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const scaledText = (text: string, scale: number): number => Math.round(Number(text) * 10 ** scale);

/** Numbers of the sources, as whole numbers at each small scale. */
export function constantsOf(one: RuleCase): readonly number[] {
  const text = JSON.stringify([one.files, one.statement]);
  const found = new Set<number>([0, 1]);
  for (const [word] of text.matchAll(/\d+(?:\.\d+)?/g)) {
    for (const scale of [0, 1, 2, 4]) {
      const value = scaledText(word, scale);
      if (Number.isSafeInteger(value)) found.add(value);
    }
  }
  return [...found];
}

export function sampleRow(model: SystemModel, entity: EntityContract, constants: readonly number[], random: () => number): Values {
  const pick = <Of>(from: readonly Of[]): Of => from[Math.floor(random() * from.length)] as Of;
  const within = (least: number, most: number): number => {
    const clamp = (value: number): number => Math.min(most, Math.max(least, value));
    switch (Math.floor(random() * 5)) {
      case 0:
        return pick([least, most, clamp(least + 1), clamp(most - 1)]);
      case 1:
      case 2:
        return clamp(pick(constants) + pick([-1, 0, 1]));
      case 3:
        return clamp(least + Math.floor(random() * Math.min(most - least + 1, 40)));
      default:
        return clamp(least + Math.floor(random() * (most - least + 1)));
    }
  };
  const valueOf = (field: Field): unknown => {
    const { type } = field;
    if (type.kind !== 'list' && !field.required && random() < 0.2) return null;
    switch (type.kind) {
      case 'integer':
      case 'duration':
        return within(type.min ?? -Number.MAX_SAFE_INTEGER, type.max ?? Number.MAX_SAFE_INTEGER);
      case 'money':
      case 'decimal':
      case 'quantity': {
        const scale = type.kind === 'money' ? 2 : type.scale;
        return within(
          type.min === undefined ? -Number.MAX_SAFE_INTEGER : scaledText(type.min, scale),
          type.max === undefined ? Number.MAX_SAFE_INTEGER : scaledText(type.max, scale),
        );
      }
      case 'date': {
        const near = days('2026-01-01') + Math.floor(random() * 800) - 400;
        const [least, most] = [days(type.min ?? '0001-01-01'), days(type.max ?? '9999-12-31')];
        return random() < 0.6 ? Math.min(most, Math.max(least, near)) : within(least, most);
      }
      case 'boolean':
        return random() < 0.5;
      case 'choice':
        return pick(type.choices).name;
      case 'reference': {
        const to = model.entities.find((one) => one.id === type.to);
        return to === undefined ? null : rowOf(to.fields);
      }
      case 'list':
        return Array.from({ length: Math.floor(random() * 4) }, () => rowOf(type.fields));
      default:
        return pick(['', 'a', 'b']);
    }
  };
  const rowOf = (fields: readonly Field[]): Values =>
    Object.fromEntries(fields.filter((field) => field.derived === undefined).map((field) => [field.name, valueOf(field)]));
  return rowOf(entity.fields);
}
