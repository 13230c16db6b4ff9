/**
 * The columns of a view as fields, so that values, schemas and widgets come from the same projections as everywhere. A column
 * whose expression reads a field is of that field's type; a computed one of the type of its expression.
 */
import type { Expression, Field, FieldType, PermanentId, ViewColumn, ViewContract } from '#kernel';
import { permanentId } from '#kernel';
import { rowShape, type SystemModel } from '#model';

const known = new WeakMap<ViewContract, readonly Field[]>();

export function columnFields(model: SystemModel, view: ViewContract): readonly Field[] {
  const before = known.get(view);
  if (before !== undefined) return before;
  const made = view.columns.map((column, index): Field => ({
    id: permanentId(`v_column${index}`),
    no: index + 1,
    name: column.name,
    type: columnType(model, column),
    required: false,
    unique: false,
    sensitive: false,
  }));
  known.set(view, made);
  return made;
}

function columnType(model: SystemModel, column: ViewColumn): FieldType {
  if (column.aggregate === 'count') return { kind: 'integer' };
  return typeOf(model, column.value);
}

function typeOf(model: SystemModel, expression: Expression): FieldType {
  if (expression.node === 'field') {
    const read = fieldById(model, expression.id);
    if (read !== undefined) return read.type;
  }
  const { type } = expression;
  switch (type.kind) {
    case 'number':
      if (type.money) return { kind: 'money' };
      return type.scale === 0 ? { kind: 'integer' } : { kind: 'decimal', scale: type.scale };
    case 'boolean':
    case 'date':
    case 'instant':
    case 'duration':
    case 'text':
      return { kind: type.kind };
    case 'choice': {
      const chosen = fieldById(model, type.field);
      return chosen?.type.kind === 'choice' ? chosen.type : { kind: 'text' };
    }
    case 'reference':
      return { kind: 'reference', to: type.to };
    case 'row':
      return { kind: 'reference', to: type.of };
    case 'list':
      return { kind: 'json' };
  }
}

function fieldById(model: SystemModel, id: PermanentId): Field | undefined {
  for (const entity of model.entities) {
    for (const field of entity.fields) {
      if (field.id === id) return field;
      if (field.type.kind === 'list') {
        const inside = rowShape(model, field.type.itemId)?.fields.find((item) => item.id === id);
        if (inside !== undefined) return inside;
      }
    }
  }
  return undefined;
}
