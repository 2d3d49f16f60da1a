// The way to the lessons: a word where there is room, a book on phones.
import { BookOpen } from "lucide-react";

export const LessonsLink = () => (
  <a
    href="/lessons"
    className="tap inline-flex items-center justify-center text-soft transition-colors duration-100 hover:text-ink sm:mr-3"
  >
    <BookOpen className="size-[18px] sm:hidden" aria-hidden="true" />
    <span className="max-sm:sr-only">Lessons</span>
  </a>
);
