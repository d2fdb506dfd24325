/** The words that the check in the browser needs; it has none of its own. */
import { m } from '#i18n/messages';

export function checkWords() {
  return {
    shown: m.trace_check_shown({ index: '{index}', kind: '{kind}' }),
    logged: m.trace_check_logged({ index: '{index}', kind: '{kind}' }),
    entry: m.trace_check_entry({ index: '{index}' }),
    kinds: {
      epcis_event: m.trace_check_kind_epcis_event(),
      epcis_record: m.trace_check_kind_epcis_record(),
      lot: m.trace_check_kind_lot(),
      step: m.trace_check_kind_step(),
      key: m.trace_check_kind_key(),
    },
    faults: {
      checkpoint_altered: m.trace_fault_checkpoint_altered(),
      kept_checkpoint_altered: m.trace_fault_kept_checkpoint_altered(),
      other_log: m.trace_fault_other_log(),
      log_shrank: m.trace_fault_log_shrank(),
      log_rewritten: m.trace_fault_log_rewritten(),
      no_consistency_proof: m.trace_fault_no_consistency_proof(),
      consistency_unreadable: m.trace_fault_consistency_unreadable(),
      nothing_logged: m.trace_fault_nothing_logged(),
      other_subject: m.trace_fault_other_subject(),
      event_altered: m.trace_fault_event_altered(),
      not_shown: m.trace_fault_not_shown(),
      content_altered: m.trace_fault_content_altered(),
      leaf_altered: m.trace_fault_leaf_altered(),
      proof_altered: m.trace_fault_proof_altered(),
      leaf_or_proof_altered: m.trace_fault_leaf_or_proof_altered(),
      item_unreadable: m.trace_fault_item_unreadable(),
    },
  };
}
