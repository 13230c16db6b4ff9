/** A workflow as a source file in house style. Reading it gives the same contract. */
import type { PermanentId, WorkflowContract, WorkflowTransition } from '#kernel';
import { rowShape } from '../system-model.ts';
import { orderInWords } from '../workflow-words.ts';
import { laidOut, quoted, type Doc } from './layout.ts';
import { functionText, type PrintContext, wholeFile } from './print-context.ts';

export function printWorkflow(workflow: WorkflowContract, context: PrintContext): string {
  const members = workflowMembers(workflow, context);
  return wholeFile(context, `export default ${laidOut({ call: 'workflow', with: [{ object: members, open: true }] })};\n`);
}
/** Its members in order, as they are laid out. */
export function workflowMembers(workflow: WorkflowContract, context: PrintContext): readonly (readonly [string, Doc])[] {
  const shape = rowShape(context.model, workflow.on);
  const field = shape?.fields.find(({ id }) => id === workflow.field);
  const choices = field?.type.kind === 'choice' ? field.type.choices : [];
  const stateName = (id: PermanentId): string => choices.find((choice) => choice.id === id)?.name ?? id;
  const state = (id: PermanentId): Doc => quoted(stateName(id));
  const order = (each: WorkflowContract['never'][number]): Doc => ({
    object: [
      ...(each.statement === orderInWords(each, shape?.name ?? workflow.on, stateName)
        ? []
        : [['statement', quoted(each.statement)] as const]),
      ['reach', state(each.reach)],
      'without' in each ? ['without', state(each.without)] : ['after', state(each.after)],
    ],
  });
  return [
    ['id', quoted(workflow.id)],
    ['name', quoted(workflow.name)],
    ['on', quoted(shape?.name ?? workflow.on)],
    ['field', quoted(field?.name ?? workflow.field)],
    ['starts', state(workflow.starts)],
    ['ends', { list: workflow.ends.map(state) }],
    ['transitions', { list: workflow.transitions.map((each, at) => transitionDoc(each, at, workflow.on, state, context)), open: true }],
    ...(workflow.never.length === 0 ? [] : [['never', { list: workflow.never.map(order) }] as const]),
  ];
}

/** A guard's own text may stand in `context.texts` as `transitions/0/when`. */
function transitionDoc(
  { id, name, from, to, when, message, roles, after }: WorkflowTransition,
  at: number,
  row: PermanentId,
  state: (id: PermanentId) => Doc,
  context: PrintContext,
): Doc {
  return {
    object: [
      ['id', quoted(id)],
      ['name', quoted(name)],
      ['from', { list: from.map(state) }],
      ['to', state(to)],
      ...(when === undefined ? [] : [['when', functionText(when, row, context, `transitions/${at}/when`, false)] as const]),
      ...(message === undefined ? [] : [['message', quoted(message)] as const]),
      ...(roles.length === 0 ? [] : [['roles', { list: roles.map(quoted) }] as const]),
      ...(after === undefined
        ? []
        : [
            [
              'after',
              {
                object: [
                  ['count', String(after.count)],
                  ['unit', quoted(after.unit)],
                ],
              },
            ] as const,
          ]),
    ],
  };
}
