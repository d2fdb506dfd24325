-- Money of the plan: funding sources, works under pilots or in hamlets, contracts, donors and their consent to be thanked,
-- the ledger of what was promised, received and spent, results. The ledger is only ever added to.

alter table criteria_pilot add column decided_on date not null default '2023-01-01';
alter table criteria_pilot alter column decided_on drop default;
comment on column criteria_pilot.decided_on is 'From when on it is part of the plan.';

create table criteria_fund (
  commune_id int not null references commune,
  code text not null,
  title_vi text not null,
  title_en text not null,
  kind text not null check (kind in ('state', 'other', 'people')),
  paper text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, code)
);
comment on table criteria_fund is 'Funding sources (nguồn vốn): the state budget, others, what the people give.';
comment on column criteria_fund.paper is 'The decision or agreement that it stands on.';
select tenant_table('criteria_fund', 'select, insert');

create table criteria_work (
  commune_id int not null references commune,
  id uuid not null,
  pilot_code text,
  hamlet_id uuid,
  title_vi text not null,
  title_en text not null,
  begins_on date not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, pilot_code) references criteria_pilot (commune_id, code),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table criteria_work is 'Works (công trình, phần việc) whose money is published: parts of a pilot, or what people of a hamlet build.';
create index on criteria_work (commune_id, pilot_code);
select tenant_table('criteria_work', 'select, insert');

create table criteria_contract (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  number text not null,
  contractor text not null,
  what text not null,
  amount_dong bigint not null check (amount_dong > 0),
  signed_on date not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, number),
  foreign key (commune_id, work_id) references criteria_work (commune_id, id)
);
comment on table criteria_contract is 'Contracts of a work; payments under one never exceed it.';
comment on column criteria_contract.contractor is 'The firm or the registered household business; published with the contract.';
comment on column criteria_contract.amount_dong is 'Whole đồng.';
create index on criteria_contract (commune_id, work_id);
select tenant_table('criteria_contract', 'select, insert');

create table criteria_donor (
  commune_id int not null references commune,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('person', 'household', 'business', 'organisation')),
  hamlet_id uuid,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, hamlet_id) references commune_hamlet (commune_id, id)
);
comment on table criteria_donor is 'Who gives: known to the desk, named in public only with consent.';
comment on column criteria_donor.name is 'As the donor wishes to be called. @personal';
select tenant_table('criteria_donor', 'select, insert');

create table criteria_thanks (
  commune_id int not null references commune,
  id uuid not null,
  donor_id uuid not null,
  shown text not null check (shown in ('none', 'name', 'gift')),
  how text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, donor_id) references criteria_donor (commune_id, id)
);
comment on table criteria_thanks is 'What a donor agreed to be thanked with in public, only ever added to; the latest counts.';
comment on column criteria_thanks.shown is 'Nothing, the name, or the name with the gift.';
comment on column criteria_thanks.how is 'How the donor said so: a signed paper, words at the meeting of a day.';
create index on criteria_thanks (commune_id, donor_id);
select tenant_table('criteria_thanks', 'select, insert');

create table criteria_entry (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  step text not null check (step in ('promised', 'received', 'spent')),
  fund_code text not null,
  form text not null check (form in ('money', 'labour', 'land', 'material')),
  amount_dong bigint not null,
  quantity numeric(12, 2),
  donor_id uuid,
  contract_id uuid,
  on_day date not null,
  what text not null,
  counters uuid,
  reason text,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  unique (commune_id, counters),
  foreign key (commune_id, work_id) references criteria_work (commune_id, id),
  foreign key (commune_id, fund_code) references criteria_fund (commune_id, code),
  foreign key (commune_id, donor_id) references criteria_donor (commune_id, id),
  foreign key (commune_id, contract_id) references criteria_contract (commune_id, id),
  foreign key (commune_id, counters) references criteria_entry (commune_id, id),
  check ((counters is null) = (reason is null)),
  check (case when counters is null then amount_dong >= 0 else amount_dong <= 0 end),
  check (form = 'money' or step <> 'spent')
);
comment on table criteria_entry is 'The ledger of a work: what was promised, received, spent. A mistake is taken back by a counter-entry of the same day.';
comment on column criteria_entry.amount_dong is 'Whole đồng; the estimated worth of labour, land and materials. Below zero in a counter-entry.';
comment on column criteria_entry.quantity is 'Days of labour or square metres of land; null for money.';
comment on column criteria_entry.what is 'What for. No names of givers: they stand in criteria_donor.';
comment on column criteria_entry.counters is 'The entry that this one takes back.';
create index on criteria_entry (commune_id, work_id, on_day);
create index on criteria_entry (commune_id, donor_id);
select tenant_table('criteria_entry', 'select, insert');

create table criteria_result (
  commune_id int not null references commune,
  id uuid not null,
  work_id uuid not null,
  on_day date not null,
  what text not null,
  entered_by text not null,
  entered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, work_id) references criteria_work (commune_id, id)
);
comment on table criteria_result is 'What a work has come to by a day, in words; published.';
create index on criteria_result (commune_id, work_id);
select tenant_table('criteria_result', 'select, insert');
