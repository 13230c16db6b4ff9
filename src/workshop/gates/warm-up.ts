/** Wakes the engines over a generation, so that the first change does not pay for what is loaded once. Changes nothing. */
import { componentKey, type Example, printDeclarations, type ReadComponent } from '#model';
import { asJson, type Engines, type GateInput } from './gate.ts';
import { namedBy, sliceOf } from './reach.ts';

const MOST_EXAMPLES = 3;
/** Entities whose tables are made at a time: a change that comes meanwhile waits for no more. */
const AT_A_TIME = 25;

export async function warmUp(base: GateInput, engines: Engines): Promise<void> {
  const examples: readonly Example[] = base.reading.tests.flatMap((tests) => tests.examples).slice(0, MOST_EXAMPLES);
  const slice = sliceOf(
    base,
    examples.flatMap((example) => [...namedBy(example)]),
  );
  const [first]: readonly ReadComponent[] = slice.components;
  const operation = base.reading.components.find((component) => component.kind === 'operation');
  const system = asJson({ ...slice, settings: base.reading.settings });
  await Promise.all([
    engines.trial.run(system, asJson(examples)),
    engines.memory.run(system, asJson(examples)),
    first === undefined
      ? undefined
      : engines.types
          .open({ [first.path]: base.files[first.path] ?? '', '.theseus/entities.d.ts': printDeclarations(slice.model) })
          .then(() => engines.types.diagnose([first.path])),
    operation?.code === undefined
      ? undefined
      : engines.reader
          .inspect({ [operation.path]: base.files[operation.path] ?? '' })
          .then(() => engines.reader.mutate(operation.code ?? '')),
  ]);
  const entities = base.reading.components
    .filter((component) => component.kind === 'entity')
    .map((component) => componentKey('entity', component.name));
  for (let at = 0; at < entities.length; at += AT_A_TIME) {
    await engines.trial.prepare(asJson({ ...sliceOf(base, entities.slice(at, at + AT_A_TIME)), settings: base.reading.settings }));
  }
}
