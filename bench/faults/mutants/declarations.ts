/** What a component declares, made wrong: options of fields, members of contracts, what it may touch. */
import type { SystemModel } from '#model';
import {
  type Edit,
  isNode,
  nameOf,
  nodesAt,
  type Placed,
  propertiesOf,
  propertyOf,
  removed,
  replaced,
  type SyntaxNode,
  valueOf,
} from './edit.ts';
import { literal, siblingsOf } from './formulas.ts';

const kinds = new Set('boolean choice date decimal duration email instant integer json list money quantity reference text url'.split(' '));

/** Options of fields of an entity, or of the input of an operation. */
export function wrongSchema(text: string, { node }: Placed, model: SystemModel): readonly Edit[] {
  if (node.type !== 'CallExpression' || !kinds.has(nameOf(node))) return [];
  const [options] = nodesAt(node['arguments']);
  if (!isNode(options) || propertyOf(options, 'id') === undefined) return [];
  const callee = node['callee'];
  const edits: Edit[] = propertiesOf(options).flatMap((property): readonly Edit[] => {
    const [name, value] = [nameOf(property), valueOf(property)];
    if (value === undefined) return [];
    switch (name) {
      case 'required':
      case 'unique':
      case 'sensitive':
        return [removed(text, property, `${name} is gone`)];
      case 'min':
      case 'max':
        return [
          removed(text, property, `${name} is gone`),
          ...literal(value, model)
            .slice(0, 3)
            .map((edit) => named(edit, name)),
        ];
      case 'default':
        return value.type === 'Literal'
          ? [
              removed(text, property, 'default is gone'),
              ...literal(value, model)
                .slice(0, 1)
                .map((edit) => named(edit, name)),
            ]
          : [];
      case 'scale':
      case 'unit':
      case 'to':
        return literal(value, model)
          .slice(0, 2)
          .map((edit) => named(edit, name));
      case 'choices':
        return propertiesOf(value)
          .slice(-1)
          .map((last) => removed(text, last, `the choice ${nameOf(last)} is gone`));
      default:
        return [];
    }
  });
  const end = { start: options.end - 1, end: options.end - 1 };
  const derived = ['live', 'fixed'].some((way) => propertyOf(options, way) !== undefined);
  if (!derived && propertyOf(options, 'required') === undefined) edits.push({ ...end, text: ', required: true', what: 'it is required' });
  if (!derived && propertyOf(options, 'unique') === undefined && nameOf(node) !== 'list')
    edits.push({ ...end, text: ', unique: true', what: 'it is unique' });
  if (!derived && ['integer', 'money', 'decimal', 'quantity'].includes(nameOf(node)) && propertyOf(options, 'min') === undefined)
    edits.push({ ...end, text: nameOf(node) === 'integer' ? ', min: 1' : `, min: '1'`, what: 'a bound that nobody asked for' });
  if (isNode(callee) && nameOf(node) === 'integer') edits.push(replaced(callee, 'duration', 'an integer is a duration'));
  return edits;
}
const named = (edit: Edit, name: string): Edit => ({ ...edit, what: `${name}: ${edit.what}` });

/** Members of the contract aside from fields: who may, which states, which inputs, what comes back, what a list shows. */
export function wrongContract(text: string, definition: SyntaxNode, model: SystemModel): readonly Edit[] {
  return propertiesOf(definition).flatMap((property): readonly Edit[] => {
    const [name, value] = [nameOf(property), valueOf(property)];
    if (value === undefined) return [];
    const words = (of: SyntaxNode | undefined): readonly SyntaxNode[] =>
      of === undefined ? [] : of.type === 'ArrayExpression' ? nodesAt(of['elements']) : [of];
    const otherWord = (of: SyntaxNode): readonly Edit[] =>
      siblingsOf(String(of['value']), model)
        .slice(0, 1)
        .map((put) => replaced(of, `'${put}'`, `${name}: ${String(of['value'])} is ${put}`));
    switch (name) {
      case 'id':
        return [replaced(value, `'${String(value['value'])}x'`, 'another id')];
      case 'roles':
        return [
          removed(text, property, 'everybody may'),
          ...words(value).flatMap(otherWord),
          ...words(value).flatMap((one) =>
            siblingsOf(String(one['value']), model)
              .slice(0, 1)
              .map((put): Edit => ({ start: one.end, end: one.end, text: `, '${put}'`, what: `${put} may as well` })),
          ),
        ];
      case 'by':
      case 'before':
      case 'governs':
        return value.type === 'Literal' ? otherWord(value) : [];
      case 'transition': {
        const [from, to] = ['from', 'to'].map((part) => valueOf(propertyOf(value, part)));
        const [first] = words(from);
        const more =
          first === undefined
            ? []
            : siblingsOf(String(first['value']), model)
                .filter((word) => !words(from).some((each) => each['value'] === word))
                .slice(0, 2);
        return [
          removed(text, property, 'the transition is gone'),
          ...more.flatMap((word): readonly Edit[] =>
            first === undefined ? [] : [{ start: first.end, end: first.end, text: `, '${word}'`, what: `from ${word} as well` }],
          ),
          ...(first === undefined ? [] : otherWord(first)),
          ...(to === undefined ? [] : otherWord(to)),
        ];
      }
      case 'output':
        return [replaced(value, 'null', 'nothing comes back')];
      case 'on':
        return [];
      case 'order':
        return words(value)
          .slice(0, 1)
          .map((one) => {
            const word = String(one['value']);
            return replaced(one, `'${word.startsWith('-') ? word.slice(1) : `-${word}`}'`, 'the other way round');
          });
      case 'columns':
        return propertiesOf(value).length > 1
          ? propertiesOf(value)
              .slice(-1)
              .map((one) => removed(text, one, `the column ${nameOf(one)} is gone`))
          : [];
      case 'where':
      case 'amount':
      case 'invariants':
      case 'ensures':
      case 'limit':
      case 'http':
        return [removed(text, property, `${name} is gone`)];
      default:
        return [];
    }
  });
}

/** More than is needed, and less. */
export function wrongCapabilities(text: string, definition: SyntaxNode, model: SystemModel): readonly Edit[] {
  const all = valueOf(propertyOf(definition, 'capabilities'));
  if (all === undefined) return [];
  const declared = propertiesOf(all);
  const foreign = model.entities.find((entity) => !declared.some((one) => nameOf(one) === entity.name));
  return [
    ...declared.flatMap((one): readonly Edit[] => {
      const list = valueOf(one);
      const have = nodesAt(list?.['elements']).map((each) => String(each['value']));
      const last = nodesAt(list?.['elements']).at(-1);
      if (last === undefined) return [];
      return [
        ...['delete', 'create', 'update', 'read']
          .filter((access) => !have.includes(access))
          .map((access): Edit => ({ start: last.end, end: last.end, text: `, '${access}'`, what: `may ${access} ${nameOf(one)} as well` })),
        removed(text, one, `may not touch ${nameOf(one)}`),
      ];
    }),
    ...(foreign === undefined || declared[0] === undefined
      ? []
      : ['read', 'delete'].map((access): Edit => {
          const at = declared[0]?.start ?? 0;
          return { start: at, end: at, text: `${foreign.name}: ['${access}'], `, what: `may ${access} ${foreign.name}` };
        })),
  ];
}
