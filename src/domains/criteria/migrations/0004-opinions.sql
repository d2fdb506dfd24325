-- Comments on indicators, consultations with opinions and their answers, surveys of a random sample of households.

create table criteria_comment (
  commune_id int not null references commune,
  id uuid not null,
  set_code text not null,
  indicator text not null,
  body text not null,
  author text not null,
  author_name text not null,
  written_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_comment is 'What officials and inspectors said about an indicator. Only ever added to.';
create index on criteria_comment (commune_id, set_code, indicator);
select tenant_table('criteria_comment', 'select, insert');

create table criteria_consultation (
  commune_id int not null references commune,
  id uuid not null,
  title text not null,
  question text not null,
  closes_on date not null,
  opened_by text not null,
  opened_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_consultation is 'Questions that the commune puts to units and people about its progress (lấy ý kiến).';
comment on column criteria_consultation.closes_on is 'The last day on which opinions are taken.';
select tenant_table('criteria_consultation', 'select, insert');

create table criteria_opinion (
  commune_id int not null references commune,
  id uuid not null,
  consultation_id uuid not null,
  unit text,
  body text not null,
  author text not null,
  author_name text not null,
  given_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, consultation_id) references criteria_consultation (commune_id, id)
);
comment on table criteria_opinion is 'Opinions given in a consultation. Only ever added to.';
comment on column criteria_opinion.unit is 'The unit for which it was given; null where somebody spoke for himself.';
comment on column criteria_opinion.author_name is 'For the desk alone; everybody else reads no names.';
create index on criteria_opinion (commune_id, consultation_id);
select tenant_table('criteria_opinion', 'select, insert');

create table criteria_opinion_answer (
  commune_id int not null references commune,
  id uuid not null,
  opinion_id uuid not null,
  body text not null,
  taken text not null check (taken in ('taken', 'partly', 'not_taken')),
  shown boolean not null,
  answered_by text not null,
  answered_at timestamptz not null,
  primary key (commune_id, id),
  foreign key (commune_id, opinion_id) references criteria_opinion (commune_id, id)
);
comment on table criteria_opinion_answer is 'How the commune took an opinion, and why; the latest counts.';
comment on column criteria_opinion_answer.shown is 'Whether everybody may read the opinion with its answer, without the name.';
create index on criteria_opinion_answer (commune_id, opinion_id);
select tenant_table('criteria_opinion_answer', 'select, insert');

create table criteria_survey (
  commune_id int not null references commune,
  id uuid not null,
  title text not null,
  question text not null,
  seed text not null,
  frame uuid[] not null,
  size int not null check (size > 0),
  closes_on date not null,
  drawn_by text not null,
  drawn_at timestamptz not null,
  primary key (commune_id, id)
);
comment on table criteria_survey is 'Surveys of satisfaction among a random sample of households.';
comment on column criteria_survey.seed is 'From which, with the frame, anybody draws the same sample again.';
comment on column criteria_survey.frame is 'Every household of the day of the draw.';
select tenant_table('criteria_survey', 'select, insert');

create table criteria_survey_household (
  commune_id int not null references commune,
  survey_id uuid not null,
  household_id uuid not null,
  hamlet_id uuid not null,
  place int not null,
  outcome text check (outcome in ('answered', 'refused', 'not_met')),
  primary key (commune_id, survey_id, household_id),
  foreign key (commune_id, survey_id) references criteria_survey (commune_id, id)
);
comment on table criteria_survey_household is 'The sample in the order of the draw, and what came of each visit; never what was said.';
select tenant_table('criteria_survey_household', 'select, insert, update');

create table criteria_survey_answer (
  commune_id int not null references commune,
  id uuid not null,
  survey_id uuid not null,
  hamlet_id uuid not null,
  score int not null check (score between 1 and 5),
  primary key (commune_id, id),
  foreign key (commune_id, survey_id) references criteria_survey (commune_id, id)
);
comment on table criteria_survey_answer is 'What households said, without the household, the day and who asked; ids are random, so that they tell no order.';
create index on criteria_survey_answer (commune_id, survey_id);
select tenant_table('criteria_survey_answer', 'select, insert');
