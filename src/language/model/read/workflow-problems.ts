/**
 * What is wrong between a workflow and the components around it: two for one field, a row that would begin elsewhere, an operation
 * that would move a row where no transition leads, an address that is taken. Told of the workflow or of the operation.
 */
import type { EntityContract, OperationContract, PermanentId, WorkflowContract } from '#kernel';
import { movesOf } from '../moves.ts';
import { kebab } from '../names.ts';
import type { ReadComponent, SourceProblem } from '../reading.ts';
import { placed } from './reporter.ts';

type ReadWorkflow = ReadComponent & { readonly contract: WorkflowContract };
type ReadOperation = ReadComponent & { readonly contract: OperationContract };

export function workflowProblems(components: readonly ReadComponent[], texts: ReadonlyMap<string, string>): SourceProblem[] {
  const workflows = components.filter((component): component is ReadWorkflow => component.contract.kind === 'workflow');
  if (workflows.length === 0) return [];
  const entities = new Map(components.flatMap(({ contract }) => (contract.kind === 'entity' ? [[contract.id, contract] as const] : [])));
  const operations = components.filter((component): component is ReadOperation => component.contract.kind === 'operation');
  const approved = new Set(
    components.flatMap(({ contract }) => (contract.kind === 'rule' && contract.form === 'approval' ? [contract.on] : [])),
  );
  const told = ({ path, outline }: ReadComponent, member: string, message: string): SourceProblem[] =>
    placed(path, texts.get(path) ?? '', [{ start: outline[member]?.start ?? 0, message }]);
  const governed = new Map<PermanentId, string>();
  return workflows.flatMap((component) => {
    const { contract } = component;
    const entity = entities.get(contract.on);
    if (entity === undefined) return [];
    const other = governed.get(contract.field);
    governed.set(contract.field, component.path);
    return [
      ...(other === undefined ? [] : told(component, 'field', `${other} is the workflow of this field already; a field goes by one`)),
      ...defaultProblems(contract, entity).flatMap((message) => told(component, 'starts', message)),
      ...operations.flatMap((operation) =>
        moveProblems(contract, entity, operation.contract).flatMap((m) => told(operation, 'transition', m)),
      ),
      ...addressProblems(contract, entity, operations, approved).flatMap((message) => told(component, 'transitions', message)),
    ];
  });
}

/** A row is created in `starts`: the default of the field says so or says nothing. */
function defaultProblems(contract: WorkflowContract, entity: EntityContract): readonly string[] {
  const field = entity.fields.find(({ id }) => id === contract.field);
  const preset = field?.default;
  if (field === undefined || preset === undefined) return [];
  const starts = stateName(entity, contract, contract.starts);
  if ('literal' in preset && preset.literal === starts) return [];
  return [
    `${entity.name}.${field.name} is ${'literal' in preset ? JSON.stringify(preset.literal) : 'computed'} where nothing is given, and the workflow starts in ${starts}; make them the same, or leave the default out`,
  ];
}

function moveProblems(contract: WorkflowContract, entity: EntityContract, operation: OperationContract): readonly string[] {
  const move = operation.transition;
  if (operation.on !== contract.on || move === undefined || move.field !== contract.field) return [];
  const lost = move.from.filter(
    (from) => !contract.transitions.some((each) => each.after === undefined && each.to === move.to && each.from.includes(from)),
  );
  if (lost.length === 0) return [];
  const name = (id: PermanentId): string => stateName(entity, contract, id);
  return [
    `the workflow ${contract.name} has no transition from ${lost.map(name).join(' or ')} to ${name(move.to)}: add one there, or let ${operation.name} go another way`,
  ];
}

/** Transitions are made at addresses of their own, unless operations make them. */
function addressProblems(
  contract: WorkflowContract,
  entity: EntityContract,
  operations: readonly ReadOperation[],
  approved: ReadonlySet<PermanentId>,
): readonly string[] {
  const moves = movesOf(
    contract,
    operations.map((operation) => operation.contract),
  );
  return moves.flatMap(({ name, segment }) => {
    if (name === 'approve' && approved.has(entity.id))
      return ['approve is how rows of this entity are approved; give the transition another name'];
    const path = `/api/${kebab(entity.plural)}/{id}/${segment}`;
    const taken = operations.find(({ contract: { http } }) => http.method === 'POST' && http.path.replace(/\{[^}]*\}/g, '{id}') === path);
    return taken === undefined
      ? []
      : [
          `POST ${path} is the address of the operation ${taken.contract.name}, which does not make the transition ${name}; give one of them another name, or let the operation make it`,
        ];
  });
}

function stateName(entity: EntityContract, contract: WorkflowContract, state: PermanentId): string {
  const type = entity.fields.find(({ id }) => id === contract.field)?.type;
  return (type?.kind === 'choice' ? type.choices.find(({ id }) => id === state)?.name : undefined) ?? state;
}
