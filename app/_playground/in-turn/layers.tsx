"use client";
// Brings what it imports, and shows nothing: see playground-in-turn.tsx.
import "@/lib/spec/layers/registry";

export const Layers = () => null;
