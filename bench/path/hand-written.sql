-- The schema of the hand-written program.
-- Money is kept in minor units (cents of EUR). Constraints carry the refusals that the program
-- translates: a stock below zero, a taken sku, an unknown customer or product.

CREATE TABLE keys (
  sha256 bytea PRIMARY KEY,
  caller text NOT NULL,
  roles text[] NOT NULL DEFAULT '{}'
);

CREATE TABLE customers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  tier text NOT NULL,
  credit_limit bigint NOT NULL CHECK (credit_limit >= 0),
  version integer NOT NULL DEFAULT 1
);

-- Room is left on each page, so that a change of stock stays on its page and touches no index.
CREATE TABLE products (
  id uuid PRIMARY KEY,
  sku text NOT NULL CONSTRAINT products_sku_unique UNIQUE,
  name text NOT NULL,
  category text NOT NULL,
  price bigint NOT NULL CHECK (price >= 0),
  stock integer NOT NULL CONSTRAINT products_stock_enough CHECK (stock >= 0),
  version integer NOT NULL DEFAULT 1
) WITH (fillfactor = 80);
CREATE INDEX products_by_price ON products (price, id);
CREATE INDEX products_by_category_price ON products (category, price, id);

CREATE TABLE orders (
  id uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers,
  placed_on date NOT NULL,
  status text NOT NULL,
  version integer NOT NULL DEFAULT 1
);

-- Lines are inserted with their order, in one statement, so order_id needs no reference. One would make
-- each order read the index page that all new orders write, and so fail to serialize against them.
CREATE TABLE order_lines (
  id uuid PRIMARY KEY,
  order_id uuid NOT NULL,
  position integer NOT NULL,
  product_id uuid NOT NULL REFERENCES products,
  quantity integer NOT NULL CHECK (quantity > 0),
  unit_price bigint NOT NULL,
  version integer NOT NULL DEFAULT 1,
  UNIQUE (order_id, position)
);

-- What each call changed: one row for each row it touched, written in the same transaction.
CREATE TABLE journal (
  call uuid NOT NULL,
  caller text NOT NULL,
  entity text NOT NULL,
  row_id uuid NOT NULL,
  before json,
  after json,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (call, entity, row_id)
);

-- The answers already given, by caller, operation and the caller's own key.
CREATE TABLE idempotency (
  caller text NOT NULL,
  operation text NOT NULL,
  key text NOT NULL,
  body_sha256 bytea NOT NULL,
  location text NOT NULL,
  answer text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, operation, key)
);

CREATE FUNCTION euros(minor bigint) RETURNS json LANGUAGE sql STABLE
RETURN json_build_object('amount', round(minor / 100.0, 2)::text, 'currency', 'EUR');
