-- A part of the consent that a producer gives or does not give by itself: nobody has given it so far.
comment on column producers_consent.parts is 'profile, head, contact, packs (telephone on the pages of its packs): nothing is public that is not named here.';
