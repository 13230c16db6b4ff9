/** What linking one file came to: its component or tests, what is wrong, and what it means to other files. */
import { canonicalJson } from '#kernel';
import { pathOf } from '../paths.ts';
import type { ReadComponent, ReadTests, SourceProblem } from '../reading.ts';
import { contractOf } from './link-component.ts';
import { testsOf } from './link-tests.ts';
import type { LinkedFile } from './linked-file.ts';
import type { Linker } from './linker.ts';
import { placed } from './reporter.ts';

/** What a file means to others; when it is the same, nobody needs to be linked again. */
export interface Outcome {
  readonly component?: ReadComponent;
  readonly tests?: ReadTests;
  readonly outside: string;
  readonly targets: readonly string[];
  readonly needs: ReadonlySet<string>;
  readonly problems: readonly SourceProblem[];
}

export function outcomeOf(file: LinkedFile, linker: Linker, text: string): Outcome {
  const { declaration, head, outline } = file.declared;
  let component: ReadComponent | undefined;
  let tests: ReadTests | undefined;
  let outside = '';
  let targets: readonly string[] = [];
  if (declaration?.kind === 'tests') tests = testsOf(file, declaration, linker);
  else if (declaration !== undefined) {
    const contract = contractOf(file, declaration, linker);
    if (contract !== undefined) {
      component = {
        kind: declaration.kind,
        name: declaration.name,
        path: file.path,
        head,
        contract,
        outline,
        ...('code' in declaration ? { code: declaration.code } : {}),
      };
      if (contract.kind === 'entity') {
        outside = canonicalJson([
          contract.id,
          contract.name,
          contract.plural,
          contract.shapes ?? null,
          contract.fields.map(({ derived, default: preset, ...field }) => [
            field,
            derived === undefined ? null : linker.computedOptional(file.path, undefined, field.name),
            preset === undefined,
          ]),
        ]);
      } else if (contract.kind === 'rule') outside = canonicalJson(contract);
      else if (contract.kind === 'reaction') outside = canonicalJson([contract.id, contract.on]);
      else outside = canonicalJson([contract.id, contract.kind === 'operation' ? [contract.on ?? null, contract.output] : null]);
    }
    if (declaration.kind === 'entity')
      targets = declaration.fields.flatMap((field) => (field.to === undefined ? [] : [pathOf('entity', field.to.name)]));
  }
  const found = [...file.declared.found, ...file.found];
  return {
    outside,
    targets,
    needs: file.needs,
    problems: placed(file.path, text, found),
    ...(component === undefined ? {} : { component }),
    ...(tests === undefined ? {} : { tests }),
  };
}
