/**
 * Inputs that an enemy would try, made from a contract alone: the edges of each field and what lies just outside, odd Unicode, names
 * that objects have by birth, long lists, deep JSON, extreme numbers, references to nothing and to the wrong thing. One field at a
 * time is altered, so that the others do not hide it. The same contract gives the same inputs.
 */
import type { BodyContract, Field, FieldType, Json, JsonObject } from '#kernel';
import type { Example, ExampleStep, SystemModel } from '#model';
import { bareExample } from './bare-example.ts';
import { calm, nobody } from './calm-value.ts';

export interface HostileRun {
  readonly example: Example;
  readonly input: Json;
}
const MOST = 60;
const MOST_OF_A_FIELD = 14;
const MOST_OF_A_LIST = 24;
const LONG_LIST = 1_000;
const births = ['__proto__', 'constructor', 'toString'];
const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202eoredrO',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  'İıß',
  `'; drop table x; --`,
  '<script>alert(1)</script>',
  ...births,
];
const numbers = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0, -1, 2 ** 31, -(2 ** 31), 1.5, 2 ** 53, 1e308, -0];
const amounts = ['0', '-0.01', '0.005', '90071992547409.91', '-90071992547409.91', '1e5', 'NaN', '-', '9'.repeat(400)];

/** Runs of a body with such inputs; where no example reaches it, with rows made of its contract. None where these cannot be made. */
export function hostileRuns(contract: BodyContract, examples: readonly Example[], model: SystemModel): readonly HostileRun[] {
  const reaches = (step: ExampleStep): boolean => runs(step, contract);
  const example = examples.find((each) => each.steps.some(reaches)) ?? bareExample(model, contract);
  if (example === undefined) return [];
  const at = example.steps.findIndex(reaches);
  const step = example.steps[at];
  if (step === undefined) return [];
  const before = example.steps.slice(0, at);
  return inputsOf(contract, step).map((input): HostileRun => ({
    input,
    example: { name: `${contract.name} with a hostile input`, steps: [...before, stepWith(step, input)] },
  }));
}

/** Whether a step is a run of this body. */
export const runs = (step: ExampleStep, { kind, name }: BodyContract): boolean =>
  // What is sent by an address has the shape of the wire, which is not that of the inputs.
  ('call' in step && step.http === undefined && kind === 'operation' && step.call === name) ||
  ('react' in step && kind === 'reaction' && step.react === name) ||
  ('run' in step && kind === 'job' && step.run === name);
function stepWith(step: ExampleStep, input: Json): ExampleStep {
  if ('call' in step) {
    const { as: _as, then: _then, ...plain } = step;
    return { ...plain, with: input as JsonObject };
  }
  if ('react' in step) {
    const { then: _then, ...plain } = step;
    return 'on' in step ? plain : { ...plain, with: input };
  }
  if ('run' in step) return { run: step.run, at: String(input) };
  return step;
}

function inputsOf(contract: BodyContract, step: ExampleStep): readonly Json[] {
  if (contract.kind === 'operation') {
    const known = 'call' in step ? (step.with ?? {}) : {};
    const base = { ...Object.fromEntries(contract.input.map((field) => [field.name, calm(field.type)])), ...known };
    return objectsAround(contract.input, base).slice(0, MOST);
  }
  if (contract.kind === 'job') return ['2024-02-29T23:59:59Z', '2026-03-29T01:30:00Z', '2099-12-31T23:59:59Z'];
  if ('react' in step && step.on !== undefined) return [step.on];
  return [null, [], '', 0, {}, ...texts.slice(2, 6), ...jsons()];
}

/** `base` with one member altered at a time, the fields in turn; then without it; then with what nobody declared. */
function objectsAround(fields: readonly Field[], base: JsonObject): readonly JsonObject[] {
  const edges = fields.map((field) => ({
    name: field.name,
    values: edgesOf(field.type, base[field.name]).slice(0, field.type.kind === 'list' ? MOST_OF_A_LIST : MOST_OF_A_FIELD),
  }));
  const found: JsonObject[] = [base];
  for (let turn = 0; turn < MOST_OF_A_LIST; turn += 1)
    for (const { name, values } of edges) {
      const value = values[turn];
      if (value !== undefined) found.push({ ...base, [name]: value });
    }
  for (const { name } of fields) {
    const { [name]: _left, ...rest } = base;
    found.splice(1, 0, rest);
  }
  found.splice(1, 0, { ...base, nobodyDeclaredThis: 1 });
  return found;
}

function edgesOf(type: FieldType, known: Json | undefined): readonly Json[] {
  switch (type.kind) {
    case 'text':
      return ['a'.repeat(type.max ?? 10_000), 'ß'.repeat(type.max ?? 10_000), ...texts];
    case 'integer':
    case 'duration':
      return [type.min, type.max, ...numbers].filter((bound) => bound !== undefined);
    case 'money':
    case 'decimal':
    case 'quantity':
      return [type.min, type.max, ...amounts].filter((text) => text !== undefined);
    case 'boolean':
      return [false, true, 'true'];
    case 'date':
      return ['2024-02-29', '0001-01-01', '9999-12-31', '2023-02-29', ...births, ''];
    case 'instant':
      return ['1970-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-03-29T02:30:00', ''];
    case 'choice':
      return [...type.choices.map((choice) => choice.name), ...births, ''];
    case 'reference':
      return [nobody, '', 'not-an-id', ...births, `${nobody}'--`];
    case 'email':
      return [`${'a'.repeat(60)}@${'b'.repeat(180)}.example`, 'a@b', '@', ...texts.slice(0, 4)];
    case 'url':
      return [`https://example.org/${'a'.repeat(2_000)}`, 'javascript:alert(1)', 'http://169.254.169.254/', ...texts.slice(0, 4)];
    case 'list': {
      const items: readonly Json[] = Array.isArray(known) && known.length > 0 ? known : [calm(type)].flat();
      const [first] = items;
      const inner = isObject(first) ? objectsAround(type.fields, first).slice(1, MOST_OF_A_LIST - 4) : [];
      return [Array.from({ length: LONG_LIST }, () => first ?? {}), [], [...items, ...items], [null], ...inner.map((item) => [item])];
    }
    case 'json':
      return jsons();
  }
}

function jsons(): readonly Json[] {
  let deep: Json = 'x';
  for (let level = 0; level < 40; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep };
  return [
    deep,
    JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}},"then":1,"toJSON":1}') as Json,
    Array.from({ length: LONG_LIST }, (_, at) => at),
    { a: 'x'.repeat(20_000) },
    null,
    -1.5,
    [[], {}, '', null],
  ];
}
const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
