"use client";
// Brings what it imports, and shows nothing: see playground-in-turn.tsx.
import "@/lib/store/spec";

export const Specs = () => null;
