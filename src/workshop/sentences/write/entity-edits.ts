/** The edits that turn an entity's source into the source of what it is now. What did not change stays as a person wrote it. */
import type { EntityContract, Field } from '#kernel';
import { canonicalJson } from '#kernel';
import {
  decisionsOn,
  type Doc,
  fieldDoc,
  indexesDoc,
  laidOut,
  type Outline,
  type PrintContext,
  quoted,
  type SourceEdit,
  type SystemModel,
} from '#model';
import { printFunction } from '#rules/print';
import { namesOf, parameterName } from '#model';
import { kebabOf } from '../names.ts';

/** Fields that a decision rule governs name the rule in place of its formula. */
export function governedTexts(
  model: SystemModel,
  entity: EntityContract,
): { readonly texts: { readonly [member: string]: string }; readonly imports: { readonly [name: string]: string } } {
  const texts: { [member: string]: string } = {};
  const imports: { [name: string]: string } = {};
  for (const rule of decisionsOn(model, entity.id)) {
    const field = entity.fields.find((each) => each.id === rule.governs);
    if (field?.derived === undefined) continue;
    texts[`fields/${field.name}/${field.derived.mode === 'live' ? 'live' : 'fixed/formula'}`] = rule.name;
    imports[rule.name] = `../rules/${kebabOf(rule.name)}.ts`;
  }
  return { texts, imports };
}
/** A field without what its rule decides: that stands in the rule's own file. */
const own = (model: SystemModel, entity: EntityContract, field: Field): string => {
  const governed = field.derived !== undefined && decisionsOn(model, entity.id).some((rule) => rule.governs === field.id);
  return canonicalJson(governed && field.derived !== undefined ? { ...field, derived: { ...field.derived, formula: 'rule' } } : field);
};

export function entityEdits(
  base: SystemModel,
  before: EntityContract,
  model: SystemModel,
  after: EntityContract,
  context: PrintContext,
  outline: Outline,
): readonly SourceEdit[] {
  const edits: SourceEdit[] = [];
  const governed = governedTexts(model, after);
  const whole: PrintContext = { ...context, texts: { ...context.texts, ...governed.texts } };
  for (const field of after.fields) {
    const old = before.fields.find((each) => each.id === field.id);
    const doc = (): Doc => fieldDoc(field, after.id, whole, `fields/${field.name}`);
    if (old === undefined) edits.push({ kind: 'set', member: `fields/${field.name}`, value: doc() });
    else if (own(base, before, old) !== own(model, after, field)) {
      const renamedOnly = old.name !== field.name && own(base, before, { ...old, name: field.name }) === own(model, after, field);
      if (renamedOnly) edits.push({ kind: 'rename', member: `fields/${old.name}`, to: field.name });
      else if (old.name === field.name) edits.push(...changedField(old, field, doc, outline));
      else edits.push({ kind: 'remove', member: `fields/${old.name}` }, { kind: 'set', member: `fields/${field.name}`, value: doc() });
    }
  }
  for (const field of before.fields)
    if (!after.fields.some((each) => each.id === field.id)) edits.push({ kind: 'remove', member: `fields/${field.name}` });
  for (const retired of after.retired) {
    if (before.retired.some((each) => each.id === retired.id)) continue;
    edits.push({
      kind: 'set',
      member: `retired/${retired.name}`,
      value: {
        object: [
          ['id', quoted(retired.id)],
          ['no', String(retired.no)],
        ],
      },
    });
  }
  if (after.title !== before.title) edits.push({ kind: 'set', member: 'title', value: quoted(after.title) });
  const [kept, wanted] = [before, after].map((entity) => laidOut(indexesDoc(entity)));
  if (after.indexes !== undefined && kept !== wanted) edits.push({ kind: 'set', member: 'indexes', value: indexesDoc(after) });
  if (after.indexes === undefined && before.indexes !== undefined) edits.push({ kind: 'remove', member: 'indexes' });
  for (const invariant of after.invariants) {
    const old = before.invariants.find((each) => each.name === invariant.name);
    if (old !== undefined && canonicalJson(old) === canonicalJson(invariant)) continue;
    const name = parameterName(after.name);
    const holds: Doc = (indent, column) =>
      printFunction(invariant.holds, namesOf(model), {
        inputs: { row: name },
        indent,
        column,
        parameters: (inputs) => `(${inputs.get('row') ?? name}: Row<'${after.name}'>)`,
      });
    edits.push({
      kind: 'set',
      member: `invariants/${invariant.name}`,
      value: {
        object: [
          ['holds', holds],
          ['message', quoted(invariant.message)],
        ],
        open: true,
      },
    });
  }
  const known = governedTexts(base, before).imports;
  for (const [name, from] of Object.entries(governed.imports)) if (known[name] === undefined) edits.push({ kind: 'import', name, from });
  return edits;
}
/** Inside a list only the item's fields that changed; anything else as a whole. */
function changedField(_old: Field, field: Field, doc: () => Doc, _outline: Outline): readonly SourceEdit[] {
  return [{ kind: 'set', member: `fields/${field.name}`, value: doc() }];
}
