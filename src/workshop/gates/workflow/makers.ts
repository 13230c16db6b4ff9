/** Who makes a transition: the clock, an operation of whoever may call it, or whoever may write and has one of its roles. */
import { anyone, type OperationContract, type PermanentId, type WorkflowContract, type WorkflowTransition } from '#kernel';
import { bodiesThat, type Surroundings } from './surroundings.ts';

/** Operations that alone make this move from this state. */
export const operationsMaking = (
  { on, field }: WorkflowContract,
  { to }: Pick<WorkflowTransition, 'to'>,
  from: PermanentId,
  { bodies }: Surroundings,
): readonly OperationContract[] =>
  bodies.filter(
    (body): body is OperationContract =>
      body.kind === 'operation' &&
      body.on === on &&
      body.transition?.field === field &&
      body.transition.to === to &&
      body.transition.from.includes(from),
  );

/** Roles that are named and that the system does not have. */
export const rolesOfNobody = ({ roles }: Pick<WorkflowTransition, 'roles'>, around: Surroundings): readonly string[] =>
  roles.filter((role) => role !== anyone && !around.roles.some(({ name }) => name === role));

/** Whether there is anybody, or a body, or the clock at its time, that can make it from this state. */
export function isMade(workflow: WorkflowContract, transition: WorkflowTransition, from: PermanentId, around: Surroundings): boolean {
  if (transition.after !== undefined)
    return !neverDue(workflow).some((never) => never.transition === transition && never.from === from && !never.same);
  if (operationsMaking(workflow, transition, from, around).length > 0) return true;
  if (bodiesThat('update', workflow.on, around.bodies).length > 0) return true;
  return transition.roles.length === 0
    ? around.roles.some(({ write }) => write)
    : rolesOfNobody(transition, around).length < transition.roles.length;
}

/** Transitions of the clock that another one of the clock always comes before, or comes at the same instant. */
export function neverDue(workflow: WorkflowContract): readonly {
  readonly transition: WorkflowTransition;
  readonly from: PermanentId;
  readonly before: WorkflowTransition;
  readonly same: boolean;
}[] {
  const clocked = workflow.transitions.filter(({ after }) => after !== undefined);
  return clocked.flatMap((transition, at) =>
    transition.from.flatMap((from) => {
      const before = clocked.find((other, place) => {
        if (other === transition || other.when !== undefined || !other.from.includes(from)) return false;
        const [mine, its] = [minutesOf(transition), minutesOf(other)];
        return its < mine || (its === mine && place < at);
      });
      return before === undefined ? [] : [{ transition, from, before, same: minutesOf(before) === minutesOf(transition) }];
    }),
  );
}
const minutes = { minutes: 1, hours: 60, days: 1_440 } as const;
const minutesOf = ({ after }: WorkflowTransition): number => (after === undefined ? Infinity : after.count * minutes[after.unit]);
