/** All values of a row; its lists of items as tables. Computed fields say that they are. */
import type { ReactNode } from 'react';
import type { EntityJson, FieldJson, Json, JsonObject, RowJson } from '#api/client';
import { isNumeric } from '../values/format.ts';
import { type RowNames, ShowValue } from '../values/show-value.tsx';
import { useRowNames } from '../values/use-row-names.ts';

export function RowFacts({ entity, row }: { readonly entity: EntityJson; readonly row: RowJson }): ReactNode {
  const names = useRowNames(entity.fields, [row]);
  const lists = entity.fields.filter((field) => field.widget === 'list');
  return (
    <div className="stack">
      <dl className="facts sheet padded">
        {entity.fields
          .filter((field) => field.widget !== 'list')
          .map((field) => (
            <div key={field.name} style={{ display: 'contents' }}>
              <dt>{field.label}</dt>
              <dd>
                <ShowValue field={field} value={row[field.name]} names={names} />
                {field.derived !== null && (
                  <>
                    {' '}
                    <span
                      className="tag"
                      title={
                        field.derived === 'live' ? 'Follows what it is computed from' : 'Computed, and kept once its condition has ended'
                      }
                    >
                      computed
                    </span>
                  </>
                )}
              </dd>
            </div>
          ))}
      </dl>
      {lists.map((field) => (
        <ItemTable key={field.name} field={field} value={row[field.name]} names={names} />
      ))}
    </div>
  );
}

function ItemTable({
  field,
  value,
  names,
}: {
  readonly field: FieldJson;
  readonly value: Json | undefined;
  readonly names: RowNames;
}): ReactNode {
  const items = Array.isArray(value) ? (value as readonly JsonObject[]) : [];
  const fields = field.item?.fields ?? [];
  return (
    <section className="sheet" aria-label={field.label}>
      <h2 className="padded" style={{ paddingBottom: '0.25rem' }}>
        {field.label} <span className="quiet">({items.length})</span>
      </h2>
      {items.length === 0 ? (
        <p className="padded quiet" style={{ paddingTop: 0 }}>
          None.
        </p>
      ) : (
        <div className="scroll-x">
          <table className="table table-cards">
            <thead>
              <tr>
                {fields.map((inner) => (
                  <th key={inner.name} scope="col" className={isNumeric(inner.widget) ? 'number' : ''}>
                    {inner.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item, index) => (
                <tr key={typeof item['id'] === 'string' ? item['id'] : index}>
                  {fields.map((inner) => (
                    <td key={inner.name} data-label={inner.label} className={isNumeric(inner.widget) ? 'number' : ''}>
                      <ShowValue field={inner} value={item[inner.name]} names={names} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
