/** The statement of a case as a question to the prover. It knows the sources and the statement, never the truth. */
import { any, atMostOne, boundsOf, computedBy, questionOfEnsures, systemOf } from '#gates';
import type { EntityContract, Expression } from '#kernel';
import { entityNamed, type SystemModel } from '#model';
import { readSystem } from '#model/read';
import type { Question } from '#rules/smt';
import type { RuleCase, Sources } from './rules/support/rule-case.ts';

export function questionOf({ files, statement }: Pick<RuleCase, 'files' | 'statement'>): Question {
  const model = modelOf(files);
  const system = systemOf(model);
  const entity = (name: string): EntityContract => entityNamed(model, name) ?? missing(name);
  switch (statement.kind) {
    case 'ensures': {
      const rule = model.rules.find((one) => one.name === statement.rule);
      const ensured = rule?.form === 'decision' ? rule.ensures.find((one) => one.name === statement.ensures) : undefined;
      if (rule?.form !== 'decision' || ensured === undefined) return missing(statement.rule);
      return questionOfEnsures(model, rule, ensured, []);
    }
    case 'bounds': {
      const about = entity(statement.entity);
      const field = about.fields.find((one) => one.name === statement.field);
      const formula = field === undefined ? undefined : computedBy(field);
      const kept = field === undefined || formula === undefined ? undefined : boundsOf(field, formula, system.currencyDigits);
      return kept === undefined ? missing(statement.field) : { system, about: about.id, given: [], claim: { kind: 'holds', of: kept } };
    }
    case 'present':
    case 'noOverflow': {
      const { about, of } = formulaOf(model, statement.of);
      return { system, about: about.id, given: [], claim: { kind: statement.kind === 'present' ? 'present' : 'exact', of } };
    }
    case 'complete': {
      if ('of' in statement) {
        const { about, of } = formulaOf(model, statement.of);
        return { system, about: about.id, given: [], claim: { kind: 'present', of } };
      }
      const conditions = formulasIn(files, statement.entity, Object.values(statement.conditions));
      return { system, about: entity(statement.entity).id, given: [], claim: { kind: 'holds', of: any(conditions) } };
    }
    case 'disjoint': {
      const conditions = formulasIn(files, statement.entity, Object.values(statement.conditions));
      return { system, about: entity(statement.entity).id, given: [], claim: { kind: 'holds', of: atMostOne(conditions) } };
    }
    case 'preserved': {
      const before = formulaOf(model, statement.of);
      const after = modelOf({ ...files, ...statement.after });
      const changed = formulaOf(after, statement.of);
      const [except] =
        statement.except === undefined ? [] : formulasIn({ ...files, ...statement.after }, before.about.name, [statement.except]);
      return {
        system: systemOf(after),
        before: system,
        about: before.about.id,
        given: [],
        claim: { kind: 'same', before: before.of, after: changed.of, ...(except === undefined ? {} : { except }) },
      };
    }
    case 'monotone': {
      const { about, of } = formulaOf(model, statement.of);
      const field = about.fields.find((one) => one.name === statement.in) ?? missing(statement.in);
      return { system, about: about.id, given: [], claim: { kind: 'monotone', of, in: field.id, direction: statement.direction } };
    }
    case 'idempotent': {
      const { about, of } = formulaOf(model, statement.of);
      const field = about.fields.find((one) => one.name === statement.into) ?? missing(statement.into);
      return { system, about: about.id, given: [], claim: { kind: 'idempotent', of, into: field.id } };
    }
    case 'satisfiable': {
      const about = entity(statement.entity);
      return { system, about: about.id, given: about.invariants.map((one) => one.holds), claim: { kind: 'possible' } };
    }
  }
}

function modelOf(files: Sources): SystemModel {
  const reading = readSystem(files);
  if (!reading.ok) throw new Error(reading.problems.map((one) => `${one.path}:${one.line} ${one.message}`).join('\n'));
  return reading.model;
}
function missing(name: string): never {
  throw new Error(`the system of the case has no ${name}`);
}

function formulaOf(model: SystemModel, of: string): { readonly about: EntityContract; readonly of: Expression } {
  const [kind, name = ''] = of.split('/');
  if (kind === 'rule') {
    const rule = model.rules.find((one) => one.name === name);
    const about = model.entities.find((one) => one.id === rule?.on);
    if (rule === undefined || about === undefined || rule.form === 'access') return missing(of);
    return { about, of: rule.form === 'decision' ? rule.decide : rule.when };
  }
  const [entity = '', field = ''] = name.split('.');
  const about = entityNamed(model, entity) ?? missing(of);
  const formula = about.fields.find((one) => one.name === field)?.derived?.formula;
  return formula === undefined ? missing(of) : { about, of: formula };
}

const functions =
  'sum count average smallest largest min max percentOf divide round today addDays addMonths addYears daysBetween monthsBetween yearsBetween yearOf quarterOf monthOf dayOf weekdayOf startOfMonth endOfMonth startOfQuarter endOfQuarter startOfYear endOfYear money decimal date'.split(
    ' ',
  );
/** Formulas that stand nowhere in the system, read as the columns of a view over the rows. */
function formulasIn(files: Sources, entity: string, texts: readonly string[]): readonly Expression[] {
  const used = functions.filter((name) => texts.some((text) => new RegExp(`(?<![.\\w])${name}\\(`).test(text)));
  const head = '/**\n * Asked of it.\n *\n * why: a case asks\n * change: start\n * generator: person\n * date: 2026-11-23\n */\n';
  const columns = texts.map((text, at) => `asked${at}: { value: ${text} }`).join(',\n');
  const source = `${head}import { ${['view', ...used].join(', ')} } from 'theseus/sdk';\nexport default view({ id: 'v_asked', name: 'asked', from: '${entity}', columns: {\n${columns}\n} });\n`;
  const model = modelOf({ ...files, 'views/asked.ts': source });
  return (model.views.find((one) => one.name === 'asked') ?? missing('view')).columns.map((column) => column.value);
}
