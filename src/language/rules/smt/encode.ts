/**
 * The rule IR as terms, one case a node, with the meaning that evaluate.ts gives it: what is absent, what the value is, and whether
 * computing it leaves the exact range, where JavaScript would throw: of what is not computed, no fault counts. What a computed
 * field holds is what its formula says of the same row.
 */
import type { Expression, Field, PermanentId } from '#kernel';
import { firstDay, lastDay } from '../calendar.ts';
import { scaleOf } from '../value-type.ts';
import { addMonthsTerm } from './calendar-terms.ts';
import { edgeOfPeriodTerm, partOfDateTerm, periodsBetweenTerm } from './date-terms.ts';
import { type Encoding, encodeAggregate } from './encode-aggregate.ts';
import { Folds } from './folds.ts';
import { quotientOf } from './rounding.ts';
import { Rows } from './rows.ts';
import { NotProvable } from './system.ts';
import type { Term } from './term.ts';
import { Terms } from './terms.ts';
import {
  equalValues,
  type List,
  type ListValue,
  type Names,
  outside,
  type Row,
  rowValue,
  type RowValue,
  type Scalar,
  truthOf,
  type Value,
} from './value.ts';

const MOST_TERMS = 60_000;
const DEEPEST = 400;

export class Encoder implements Encoding {
  readonly terms: Terms = new Terms();
  readonly rows: Rows = new Rows(this.terms);
  readonly folds: Folds;
  readonly today: Term;
  /** Whether a fixed field shows a value that was kept from before, by field of a row. */
  readonly kept: Term[] = [];
  readonly #derived = new Map<string, Scalar>();
  readonly #itemVersions = new Map<string, Row>();
  #depth = 0;

  /** `unrolled`: items up to which lists are gone through where they are gone through one by one. */
  constructor(unrolled: number) {
    this.today = this.terms.variable('today', 'Int', { low: BigInt(firstDay), high: BigInt(lastDay) });
    this.folds = new Folds(this.terms, unrolled, (list, place) => this.item(list, place));
  }

  item(list: List, place: number | undefined): Row {
    const key = `${list.key} ${list.at.row.version.name} ${place ?? 'any'}`;
    const before = this.#itemVersions.get(key);
    if (before !== undefined) return before;
    const made = this.rows.item(list, list.at.row.version, place);
    this.#itemVersions.set(key, made);
    return made;
  }

  scalar(at: Expression, names: Names): Scalar {
    const value = this.encode(at, names);
    if (value.kind === 'scalar') return value;
    if (value.kind === 'row') return { kind: 'scalar', absent: value.absent, value: value.row.id, fault: value.fault };
    throw new NotProvable('A list stands where one value must.');
  }
  row(at: Expression, names: Names): RowValue {
    const value = this.encode(at, names);
    if (value.kind !== 'row') throw new NotProvable('Something else stands where a row must.');
    return value;
  }
  list(at: Expression, names: Names): ListValue {
    const value = this.encode(at, names);
    if (value.kind !== 'list') throw new NotProvable('Something else stands where a list must.');
    return value;
  }

  encode(at: Expression, names: Names): Value {
    if (this.terms.size > MOST_TERMS)
      throw new NotProvable(`The formula is too large to be proved: written out it has more than ${MOST_TERMS} parts.`);
    this.#depth += 1;
    try {
      if (this.#depth > DEEPEST) throw new NotProvable(`The formula is nested too deep to be proved: more than ${DEEPEST} times.`);
      return this.#node(at, names);
    } finally {
      this.#depth -= 1;
    }
  }

  #node(at: Expression, names: Names): Value {
    const { terms } = this;
    switch (at.node) {
      case 'constant':
        return this.#constant(at, names);
      case 'input': {
        const value = names.get(at.name);
        if (value === undefined) throw new NotProvable(`It reads ${at.name}, of which nothing is known.`);
        return value;
      }
      case 'today':
        return this.#value(terms.false, this.today, terms.false);
      case 'field':
        return this.#field(at, names);
      case 'follow': {
        const of = this.scalar(at.of, names);
        const version = versionIn(names);
        return { kind: 'row', absent: of.absent, row: this.rows.row(version, at.to, of.value, terms.not(of.absent)), fault: of.fault };
      }
      case 'related': {
        const of = this.row(at.of, names);
        const key = `related ${at.entity} ${at.via} ${of.row.id.id}`;
        return this.#list(key, at.entity, { row: of.row, via: at.via }, of, 0, null);
      }
      case 'not': {
        const of = this.scalar(at.of, names);
        return this.#value(terms.false, terms.not(truthOf(terms, of)), of.fault);
      }
      case 'absent': {
        const of = this.encode(at.of, names);
        return this.#value(terms.false, of.kind === 'list' ? terms.false : of.absent, of.fault);
      }
      case 'negate': {
        const of = this.scalar(at.of, names);
        return this.#value(of.absent, terms.scale(of.value, -1n), of.fault);
      }
      case 'binary':
        return this.#binary(at, names);
      case 'divide': {
        const [left, right] = [this.scalar(at.left, names), this.scalar(at.right, names)];
        const shift = at.scale + scaleOf(at.right.type) - scaleOf(at.left.type);
        const absent = terms.or(left.absent, right.absent, terms.equal(right.value, terms.int(0)));
        return this.#number(absent, quotientOf(terms, left.value, right.value, shift, at.rounding), terms.or(left.fault, right.fault));
      }
      case 'round': {
        const of = this.scalar(at.of, names);
        const value = quotientOf(terms, of.value, terms.int(1), at.scale - scaleOf(at.of.type), at.rounding);
        return this.#number(of.absent, value, of.fault);
      }
      case 'condition': {
        const when = this.scalar(at.when, names);
        const scale = scaleOf(at.type);
        return this.#choice(
          truthOf(terms, when),
          this.#widened(at.then, scale, names),
          this.#widened(at.otherwise, scale, names),
          when.fault,
        );
      }
      case 'coalesce': {
        const scale = scaleOf(at.type);
        const of = this.#widened(at.of, scale, names);
        return this.#choice(terms.not(of.absent), of, this.#widened(at.otherwise, scale, names), of.fault);
      }
      case 'addToDate':
        return this.#addToDate(at, names);
      case 'daysBetween': {
        const [left, right] = [this.scalar(at.left, names), this.scalar(at.right, names)];
        return this.#number(
          terms.or(left.absent, right.absent),
          terms.subtract(right.value, left.value),
          terms.or(left.fault, right.fault),
        );
      }
      case 'partOfDate': {
        const of = this.scalar(at.of, names);
        return this.#value(of.absent, partOfDateTerm(terms, of.value, at.part), of.fault);
      }
      case 'edgeOfPeriod': {
        const of = this.scalar(at.of, names);
        return this.#value(of.absent, edgeOfPeriodTerm(terms, of.value, at.edge, at.period), of.fault);
      }
      case 'periodsBetween': {
        const [left, right] = [this.scalar(at.left, names), this.scalar(at.right, names)];
        return this.#value(
          terms.or(left.absent, right.absent),
          periodsBetweenTerm(terms, left.value, right.value, at.unit),
          terms.or(left.fault, right.fault),
        );
      }
      case 'let': {
        const value = this.encode(at.value, names);
        const body = this.encode(at.body, new Map(names).set(at.name, value));
        return { ...body, fault: terms.or(value.fault, body.fault) };
      }
      case 'aggregate':
        return encodeAggregate(this, at, names);
    }
  }

  #constant(at: Extract<Expression, { node: 'constant' }>, names: Names): Scalar {
    const { terms } = this;
    const { value, type } = at;
    const made = (of: Term): Scalar => this.#value(terms.false, of, terms.false);
    if (value === null) return this.#value(terms.true, type.kind === 'boolean' ? terms.false : terms.int(0), terms.false);
    if (typeof value === 'boolean') return made(value ? terms.true : terms.false);
    if (typeof value === 'number') return made(terms.int(value));
    if (type.kind === 'choice') return made(this.rows.choice(versionIn(names), type.field, value));
    if (type.kind === 'text') return made(this.rows.text(value));
    throw new NotProvable('A constant of a kind that stands for nothing.');
  }

  #field(at: Extract<Expression, { node: 'field' }>, names: Names): Value {
    const of = this.row(at.of, names);
    const field = of.row.shape.fields.find((one) => one.id === at.id);
    if (field === undefined) throw new NotProvable(`It reads ${at.field}, which is no field here.`);
    const { type } = field;
    if (type.kind === 'list') {
      const key = `list ${of.row.base} ${field.id}`;
      return this.#list(key, type.itemId, { row: of.row, field }, of, field.required ? 1 : 0, of.row.version.mostItems);
    }
    const value = this.read(of.row, field);
    return {
      ...value,
      absent: this.terms.or(of.absent, value.absent),
      fault: this.terms.or(of.fault, this.terms.and(this.terms.not(of.absent), value.fault)),
    };
  }

  /** What a field of a row holds. */
  read(row: Row, field: Field): Scalar {
    if (field.derived === undefined || row.instead?.has(field.id) === true) return this.rows.stored(row, field);
    const key = `${row.version.name} ${row.tag} ${field.id}`;
    const before = this.#derived.get(key);
    if (before !== undefined) return before;
    const names: Names = new Map([['row', rowValue(this.terms, row)]]);
    const made = field.derived.mode === 'live' ? this.scalar(field.derived.formula, names) : this.#fixed(row, field, field.derived, names);
    this.#derived.set(key, made);
    return made;
  }
  /** Its formula while that holds; else what it was when it ceased to hold, or what is said of rows that have kept nothing. */
  #fixed(row: Row, field: Field, derived: Extract<NonNullable<Field['derived']>, { mode: 'fixed' }>, names: Names): Scalar {
    const { terms } = this;
    const follows = this.scalar(derived.while, names);
    const kept = terms.variable(`${row.base} ${field.id} kept`, 'Bool');
    if (!this.kept.includes(kept)) this.kept.push(kept);
    const left = this.#choice(kept, this.rows.stored(row, field), this.scalar(derived.otherwise, names), terms.false);
    return this.#choice(truthOf(terms, follows), this.scalar(derived.formula, names), left, follows.fault);
  }

  #list(key: string, of: PermanentId, at: List['at'], row: RowValue, least: number, most: number | null): ListValue {
    const list = this.rows.list(key, of, at, least, most);
    return { kind: 'list', list, length: this.terms.choose(row.absent, this.terms.int(0), list.length), fault: row.fault };
  }

  #binary(at: Extract<Expression, { node: 'binary' }>, names: Names): Scalar {
    const { terms } = this;
    if (at.op === 'and' || at.op === 'or') {
      const [left, right] = [this.scalar(at.left, names), this.scalar(at.right, names)];
      const [first, second] = [truthOf(terms, left), truthOf(terms, right)];
      const decided = at.op === 'and' ? terms.not(first) : first;
      return this.#value(
        terms.false,
        at.op === 'and' ? terms.and(first, second) : terms.or(first, second),
        terms.or(left.fault, terms.and(terms.not(decided), right.fault)),
      );
    }
    const scale = at.op === 'multiply' ? 0 : Math.max(scaleOf(at.left.type), scaleOf(at.right.type));
    const [left, right] =
      at.op === 'multiply'
        ? [this.scalar(at.left, names), this.scalar(at.right, names)]
        : [this.#widened(at.left, scale, names), this.#widened(at.right, scale, names)];
    const fault = terms.or(left.fault, right.fault);
    const absent = terms.or(left.absent, right.absent);
    const there = terms.not(absent);
    switch (at.op) {
      case 'add':
        return this.#number(absent, terms.add(left.value, right.value), fault);
      case 'subtract':
        return this.#number(absent, terms.subtract(left.value, right.value), fault);
      case 'multiply':
        return this.#number(absent, terms.multiply(left.value, right.value), fault);
      case 'smaller':
      case 'larger': {
        const both = at.op === 'smaller' ? terms.smaller(left.value, right.value) : terms.larger(left.value, right.value);
        const value = terms.choose(left.absent, right.value, terms.choose(right.absent, left.value, both));
        return this.#value(terms.and(left.absent, right.absent), value, fault);
      }
      case 'equal':
      case 'notEqual': {
        const alike = terms.or(terms.and(left.absent, right.absent), terms.and(there, equalValues(terms, left, right)));
        return this.#value(terms.false, at.op === 'equal' ? alike : terms.not(alike), fault);
      }
      case 'less':
        return this.#value(terms.false, terms.and(there, terms.less(left.value, right.value)), fault);
      case 'lessOrEqual':
        return this.#value(terms.false, terms.and(there, terms.lessOrEqual(left.value, right.value)), fault);
      case 'greater':
        return this.#value(terms.false, terms.and(there, terms.less(right.value, left.value)), fault);
      case 'greaterOrEqual':
        return this.#value(terms.false, terms.and(there, terms.lessOrEqual(right.value, left.value)), fault);
    }
  }

  #addToDate(at: Extract<Expression, { node: 'addToDate' }>, names: Names): Scalar {
    const { terms } = this;
    const [of, amount] = [this.scalar(at.of, names), this.scalar(at.amount, names)];
    const absent = terms.or(of.absent, amount.absent);
    const within = (value: Term, low: number, high: number): Term =>
      terms.and(terms.lessOrEqual(terms.int(low), value), terms.lessOrEqual(value, terms.int(high)));
    const to = at.unit === 'days' ? terms.add(of.value, amount.value) : addMonthsTerm(terms, of.value, amount.value);
    const fits = terms.and(at.unit === 'days' ? terms.true : within(amount.value, -120_000, 120_000), within(to, firstDay, lastDay));
    return this.#value(absent, to, terms.or(of.fault, amount.fault, terms.and(terms.not(absent), terms.not(fits))));
  }

  #widened(at: Expression, scale: number, names: Names): Scalar {
    const made = this.scalar(at, names);
    const difference = at.type.kind === 'number' ? scale - at.type.scale : 0;
    return difference > 0 ? this.#number(made.absent, this.terms.scale(made.value, 10n ** BigInt(difference)), made.fault) : made;
  }
  #choice(when: Term, then: Scalar, otherwise: Scalar, fault: Term): Scalar {
    const { terms } = this;
    return this.#value(
      terms.either(when, then.absent, otherwise.absent),
      terms.either(when, then.value, otherwise.value),
      terms.or(fault, terms.either(when, then.fault, otherwise.fault)),
    );
  }
  #number(absent: Term, value: Term, fault: Term): Scalar {
    return this.#value(absent, value, this.terms.or(fault, this.terms.and(this.terms.not(absent), outside(this.terms, value))));
  }
  #value(absent: Term, value: Term, fault: Term): Scalar {
    return { kind: 'scalar', absent, value, fault };
  }
}

/** All rows of one formula are of one version of the system. */
function versionIn(names: Names): Row['version'] {
  for (const value of names.values()) {
    if (value.kind === 'row') return value.row.version;
  }
  throw new NotProvable('It reads no row.');
}
