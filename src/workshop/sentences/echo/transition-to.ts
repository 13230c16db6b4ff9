/** The state to which an operation brings its row. */
import { operationNamed, rowShape, type SystemModel } from '#model';

export function transitionTo(model: SystemModel, operation: string): string | undefined {
  const found = operationNamed(model, operation);
  const transition = found?.transition;
  const shape = found?.on === undefined ? undefined : rowShape(model, found.on);
  const field = shape?.fields.find((each) => each.id === transition?.field);
  return field?.type.kind === 'choice' ? field.type.choices.find((choice) => choice.id === transition?.to)?.name : undefined;
}
