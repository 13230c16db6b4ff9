/** The filters of a list as they stand in the address, which is the API's own query, and as a person reads them. Pure. */
import type { EntityJson, FieldJson } from '#api/client';
import type { RowQuery } from '../system/queries.ts';
import { formatValue, type Place } from '../values/format.ts';
import { choiceLabel } from '../values/names.ts';

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export interface RowFilter {
  readonly parameter: string;
  readonly field: FieldJson;
  readonly comparison: Comparison;
  readonly value: string;
}

const ordered: readonly Comparison[] = ['eq', 'ge', 'gt', 'le', 'lt', 'ne'];
const unordered: readonly Comparison[] = ['eq', 'ne'];
export const filterable = (field: FieldJson): boolean => field.widget !== 'list' && field.widget !== 'json';
export const sortable = (field: FieldJson): boolean => filterable(field);
export const isOrdered = (field: FieldJson): boolean =>
  ['integer', 'decimal', 'money', 'date', 'instant', 'duration'].includes(field.widget);
export const comparisonsOf = (field: FieldJson): readonly Comparison[] =>
  field.widget === 'checkbox' ? ['eq'] : isOrdered(field) ? ordered : unordered;

export function comparisonWords(comparison: Comparison, field: FieldJson): string {
  const time = field.widget === 'date' || field.widget === 'instant';
  switch (comparison) {
    case 'eq':
      return 'is';
    case 'ne':
      return 'is not';
    case 'lt':
      return time ? 'is before' : 'is less than';
    case 'le':
      return time ? 'is on or before' : 'is at most';
    case 'gt':
      return time ? 'is after' : 'is more than';
    case 'ge':
      return time ? 'is on or after' : 'is at least';
  }
}

export const parameterOf = (field: FieldJson, comparison: Comparison): string =>
  comparison === 'eq' ? field.name : `${field.name}[${comparison}]`;

export function filtersIn(entity: EntityJson, query: RowQuery): readonly RowFilter[] {
  return Object.entries(query).flatMap(([parameter, value]) => {
    const [, name, comparison = 'eq'] = /^([^[\]]+)(?:\[(eq|ne|lt|le|gt|ge)\])?$/.exec(parameter) ?? [];
    const field = entity.fields.find((one) => one.name === name);
    return field === undefined ? [] : [{ parameter, field, comparison: comparison as Comparison, value }];
  });
}

/** Only what the entity's list takes: addresses outlive fields. */
export function queryFor(entity: EntityJson, search: RowQuery): RowQuery {
  const kept: { [parameter: string]: string } = {};
  for (const { parameter, value } of filtersIn(entity, search)) kept[parameter] = value;
  const { q, sort } = search;
  if (q !== undefined && q.trim() !== '') kept['q'] = q;
  if (sort !== undefined && entity.fields.some((field) => field.name === sort.replace(/^-/, '') && sortable(field))) kept['sort'] = sort;
  return kept;
}

export function filterWords(filter: RowFilter, place: Place, referenced: string | undefined): string {
  const { field, comparison, value } = filter;
  const shown =
    field.widget === 'checkbox'
      ? value === 'true'
        ? 'yes'
        : 'no'
      : field.widget === 'select'
        ? choiceLabel(field, value)
        : field.widget === 'reference'
          ? (referenced ?? '…')
          : field.widget === 'money'
            ? formatValue('money', { amount: value, currency: place.currency.code }, place)
            : field.widget === 'integer'
              ? formatValue('integer', Number(value), place)
              : formatValue(field.widget, value, place, field);
  return `${field.label} ${comparisonWords(comparison, field)} ${shown}`;
}
