/** One file while it is linked, and what linking it asks of the others. Types only. */
import type { Expression, Field, PermanentId, Settings, ValueType } from '#kernel';
import type { Declared, DeclaredEntity, Formula, Named, DeclaredDecision } from './declared.ts';
import type { Found, Reporter } from './reporter.ts';

export interface FieldSet {
  readonly fields: readonly Field[];
  readonly byName: ReadonlyMap<string, Field>;
}
/** An entity's fields without what is computed. */
export interface Shell extends FieldSet {
  readonly id: PermanentId;
  readonly name: string;
  readonly lists: ReadonlyMap<string, FieldSet>;
}

export interface LinkedFile {
  readonly path: string;
  readonly declared: Declared;
  /** `id:<permanent id>`, `row:<path>`, `refers:<path>`, `rule:<path>`, `operation:<path>`, `view:<path>`: what was looked up. */
  readonly needs: Set<string>;
  readonly found: Found[];
  readonly report: Reporter;
  readonly formulas: Map<string, 'busy' | { readonly expression?: Expression }>;
  shell?: Shell;
}

export interface Links {
  readonly settings: Settings;
  entity(file: LinkedFile, name: Named): { readonly path: string; readonly declaration: DeclaredEntity } | undefined;
  formula(
    file: LinkedFile,
    key: string,
    node: Formula,
    row: PermanentId,
    expected?: ValueType,
    second?: 'caller' | DeclaredDecision,
  ): Expression | undefined;
  computed(file: LinkedFile, list: string | undefined, name: string): readonly (Expression | undefined)[];
}
