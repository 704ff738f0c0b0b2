using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Node profiles that list what is not so, and identities that are none.</summary>
    internal static class NodeMutants
    {
        private const int Node = 0x0EF001;

        private static readonly (int Class, int Eoj)[] Meters = Mutants.Classes.Skip(1).ToArray();

        public static IEnumerable<Mutant> All =>
        [
            Mutants.Says("NODE-D6", "lists its meter twice", Node, 0xD6, _ => [2, 0x02, 0x88, 0x01, 0x02, 0x88, 0x01]),
            Mutants.Says("NODE-D6", "lists the node profile", Node, 0xD6, list => [2, .. list[1..], 0x0E, 0xF0, 0x01]),
            Mutants.Says("NODE-D6", "lists no meter", Node, 0xD6, _ => [1, 0x02, 0x79, 0x01]),
            Mutants.Says("NODE-D6", "counts one more", Node, 0xD6, list => [2, .. list[1..]]),
            Mutants.Says("NODE-D6", "lists all instances", Node, 0xD6, list => [2, .. list[1..], 0x02, 0x79, 0x00]),
            Mutants.Says("NODE-D3", "counts the node profile", Node, 0xD3, _ => [0, 0, 2]),
            Mutants.Says("NODE-D4", "does not count the node profile", Node, 0xD4, _ => [0, 1]),
            Mutants.Says("NODE-D7", "lists another class", Node, 0xD7, _ => [1, 0x02, 0x8A]),
            Mutants.Says("NODE-D7", "lists its class twice", Node, 0xD7, _ => [2, 0x02, 0x88, 0x02, 0x88]),
            Mutants.Says("NODE-OBJECTS", "lists an object that it has not", Node, 0xD6, list => [2, .. list[1..], 0x02, 0x79, 0x01]),
            Mutants.Says("ID-82-NODE", "has version 0", Node, 0x82, _ => [0, 14, 1, 0]),
            Mutants.Says("ID-82-NODE", "does not know format 1", Node, 0x82, _ => [1, 14, 2, 0]),
            Mutants.Says("ID-83-NODE", "is of another manufacturer", Node, 0x83, id => [0xFE, 1, 2, 3, .. id[4..]]),
            Mutants.Says("ID-83-NODE", "does not begin with FE", Node, 0x83, id => [0x01, .. id[1..]]),
            Mutants.Says("ID-83-UNIQUE", "has a number of zeros", Node, 0x83, id => [.. id[..4], .. new byte[13]]),
            Mutants.Says("ID-8A", "has a meter of another manufacturer", 0x028801, 0x8A, _ => [1, 2, 3]),
            .. Meters.Select(one => Mutants.Says($"ID-{one.Class:X4}-82", "has a release in small letters", one.Eoj, 0x82,
                _ => [0, 0, (byte)'r', 1])),
            .. Meters.Select(one => Mutants.Says($"ID-{one.Class:X4}-82", "has a version in place of a release", one.Eoj, 0x82,
                _ => [1, 14, 1, 0])),
            .. Meters.Select(one => Mutants.Says($"ID-{one.Class:X4}-83", "is of another manufacturer", one.Eoj, 0x83,
                id => [0xFE, 1, 2, 3, .. id[4..]])),
            .. Meters.Where(one => one.Class != 0x028A).Select(one => Mutants.Says($"ID-{one.Class:X4}-C0", "does not begin with 00", one.Eoj,
                0xC0, id => [1, .. id[1..]])),
            .. Meters.Where(one => one.Class != 0x028A).Select(one => Mutants.Says($"ID-{one.Class:X4}-C0", "is of another manufacturer",
                one.Eoj, 0xC0, id => [0, 1, 2, 3, .. id[4..]])),
        ];
    }
}
