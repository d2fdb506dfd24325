/** How each entry of a course stands, read aloud. */
import { m } from '#i18n/messages';

export function courseWords() {
  return {
    done: m.office_course_done(),
    now: m.office_course_now(),
    next: m.office_course_next(),
    stopped: m.office_course_stopped(),
  };
}
