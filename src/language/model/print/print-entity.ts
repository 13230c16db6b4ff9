/** An entity as a source file in house style. Reading it gives the same contract. */
import type { EntityContract, Invariant, PermanentId } from '#kernel';
import { statedShape } from '#schema';
import { laidOut, quoted, type Doc } from './layout.ts';
import { functionText, type PrintContext, wholeFile, withEntity } from './print-context.ts';
import { fieldsDoc, literalDoc } from './print-fields.ts';
import { indexesDoc } from './print-indexes.ts';

export function printEntity(entity: EntityContract, context: PrintContext): string {
  const whole = { ...context, model: withEntity(context.model, entity) };
  const members: (readonly [string, Doc])[] = [
    ['id', quoted(entity.id)],
    ['name', quoted(entity.name)],
    ['plural', quoted(entity.plural)],
    ['title', quoted(entity.title)],
    ['fields', fieldsDoc(entity.fields, entity.id, whole, 'fields/')],
  ];
  if (entity.retired.length > 0)
    members.push([
      'retired',
      {
        object: entity.retired.map(
          ({ name, id, no }) =>
            [
              name,
              {
                object: [
                  ['id', quoted(id)],
                  ['no', String(no)],
                ],
              },
            ] as const,
        ),
        open: true,
      },
    ]);
  if (entity.invariants.length > 0) members.push(['invariants', invariantsDoc(entity.invariants, entity.id, whole, 'invariants/')]);
  if (entity.identity !== undefined) {
    const { login, roles, days, header } = entity.identity;
    members.push([
      'identity',
      {
        object: [
          ['login', quoted(entity.fields.find((field) => field.id === login)?.name ?? login)],
          ['roles', { list: roles.map(quoted) }],
          ['days', String(days)],
          ...(header === undefined ? [] : [['header', quoted(header)] as const]),
        ],
      },
    ]);
  }
  if (entity.indexes !== undefined) members.push(['indexes', indexesDoc(entity)]);
  if (entity.shapes !== undefined)
    members.push([
      'shapes',
      { object: Object.entries(entity.shapes).map(([name, shape]) => [name, literalDoc(statedShape(shape))] as const), open: true },
    ]);
  if (entity.answersWithin !== undefined) members.push(['answersWithin', String(entity.answersWithin)]);
  return wholeFile(whole, `export default ${laidOut({ call: 'entity', with: [{ object: members, open: true }] })};\n`);
}

export function invariantsDoc(invariants: readonly Invariant[], row: PermanentId, context: PrintContext, member: string): Doc {
  return {
    object: invariants.map(
      ({ name, holds, message }) =>
        [
          name,
          {
            object: [
              ['holds', functionText(holds, row, context, `${member}${name}/holds`)],
              ['message', quoted(message)],
            ],
            open: true,
          },
        ] as const,
    ),
    open: true,
  };
}
