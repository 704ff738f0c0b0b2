using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Keys;
using NanoComm.Pairing;
using NanoComm.Rig;
using static NanoComm.Tests.Scenarios.ExchangeSite;

using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>What a unit that gave up its pairing still has of its keys in memory: everything that can be reached from it
    /// is looked through, for keys, for tables made of them, and for ciphers that still work with them.</summary>
    internal static class KeysInMemoryTests
    {
        private const int Minute = 60_000;

        [Test]
        public static void After_a_tombstone_no_key_of_the_pairing_is_left_and_none_of_the_factory()
        {
            var site = new ExchangeSite(31);
            MemoryFiles files = MakeUnit(1);
            Give(files, site.Issue(1, 100));
            byte[][] secrets;
            using (SimulatedUnit unit = site.Plug(files))
            {
                unit.Scheduler.RunUntil(2 * Minute);
                secrets = SecretsOf(files);
                Assert.That(Found(unit, secrets), Does.Contain("GAK").And.Contain("GUEK in a cipher").And.Contain("GUEK in a table"),
                    "the search finds what is there");
                Assert.That(Found(unit, secrets).Where(found => !found.Contains(' ')), Is.EqualTo(new[] { "GAK" }),
                    "a unit at work has it once, and no factory key");
            }

            MemoryFiles next = MakeUnit(2);
            Give(next, site.Issue(2, 200));
            using (SimulatedUnit unit = site.Plug(next))
            {
                unit.Scheduler.RunUntil(2 * Minute);
            }

            using SimulatedUnit old = site.Plug(files);
            old.Scheduler.RunUntil(2 * Minute);
            Assert.That(old.Unit.Pairing.State, Is.EqualTo(PairingState.Retired));
            Assert.That(Found(old, secrets), Is.Empty);
        }

        [Test]
        public static void After_an_order_to_retire_no_key_is_left()
        {
            var site = new ExchangeSite(32);
            MemoryFiles files = MakeUnit(1);
            Give(files, site.Issue(1, 100));
            using SimulatedUnit unit = site.Plug(files);
            unit.Scheduler.RunUntil(2 * Minute);
            byte[][] secrets = SecretsOf(files);
            Assert.That(Found(unit, secrets), Is.Not.Empty);
            Ticket order = site.Retire(1, 101);
            Give(files, order);
            unit.Scheduler.Run(() => unit.Unit.Pairing.State == PairingState.Retired, 4 * Minute);
            Assert.That(unit.Unit.Pairing.State, Is.EqualTo(PairingState.Retired));
            Assert.That(Found(unit, secrets), Is.Empty);
        }

        // In a buffer of the line it is sealed.
        [Test]
        public static void After_an_order_nothing_of_it_is_left()
        {
            var site = new OrderSite(33);
            const string id = "00112233445566778899AABBCCDDEEFF";
            const string password = "0123456789AB";
            using SimulatedUnit unit = site.Exchange.Plug(site.Files);
            unit.Scheduler.RunUntil(Minute);
            Order byHand = site.Exchange.Order(1, 200, OrderBody.OpenRouteB(id, password));
            Give(site.Files, byHand);
            unit.Scheduler.RunUntil(2 * Minute);
            site.AssertAnswer(byHand, 200, OrderResult.NoSuchPath);
            Order posted = site.Exchange.Order(1, 201, OrderBody.OpenRouteB(id, password));
            site.Post(posted);
            unit.Scheduler.RunUntil(8 * Minute);
            site.AssertAnswer(posted, 201, OrderResult.NoSuchPath);
            byte[] secret = Encoding.ASCII.GetBytes(id + password);
            Assert.That(Reach(unit.Unit).OfType<byte[]>().Where(bytes => bytes.AsSpan().IndexOf(secret.AsSpan(8, 8)) >= 0), Is.Empty);
            byte[] dk = Record(site.Files, "factory")[8..24];
            Assert.That(Reach(unit.Unit).Select(thing => Has(thing, dk)), Is.All.Null);
        }

        // GUEK, GAK, DK, proof key.
        private static byte[][] SecretsOf(MemoryFiles files)
        {
            byte[] pairing = Record(files, "pairing");
            byte[] factory = Record(files, "factory");
            return [pairing[20..36], pairing[36..52], factory[8..24], factory[24..]];
        }

        private static List<string> Found(SimulatedUnit unit, byte[][] secrets)
        {
            string[] names = ["GUEK", "GAK", "DK", "proof key"];
            var found = new List<string>();
            foreach (object thing in Reach(unit.Unit))
            {
                for (int i = 0; i < secrets.Length; i++)
                {
                    // The proof key of the rig is zeros: it could not be told from an empty buffer.
                    if (secrets[i].Any(b => b != 0) && Has(thing, secrets[i]) is string where)
                    {
                        found.Add(names[i] + where);
                    }
                }
            }

            return found;
        }

        private static string Has(object thing, byte[] secret)
        {
            switch (thing)
            {
                case byte[] bytes:
                    return bytes.AsSpan().IndexOf(secret) >= 0 ? "" : null;
                case ulong[] words when secret.Length == 16:
                    return words.Contains(BinaryPrimitives.ReadUInt64BigEndian(Encrypted(secret))) ? " in a table" : null;
                case IBlockCipher cipher when secret.Length == 16:
                    var block = new byte[16];
                    try
                    {
                        cipher.Encrypt(block, 0, 1);
                    }
                    catch (ObjectDisposedException)
                    {
                        return null;
                    }

                    return block.SequenceEqual(Encrypted(secret)) ? " in a cipher" : null;
                default:
                    return null;
            }
        }

        private static byte[] Encrypted(byte[] key)
        {
            using Aes aes = Aes.Create();
            aes.Key = key;
            return aes.EncryptEcb(new byte[16], PaddingMode.None);
        }

        // Every object of the firmware and of what hal gives it; not the medium, nor what is beyond the line.
        internal static IEnumerable<object> Reach(object root)
        {
            var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
            var open = new Stack<object>([root]);
            while (open.TryPop(out object thing))
            {
                if (thing is null or string or IFiles or Delegate or Type || !seen.Add(thing))
                {
                    continue;
                }

                yield return thing;
                if (thing is Array array && !array.GetType().GetElementType().IsPrimitive)
                {
                    foreach (object element in array)
                    {
                        open.Push(element);
                    }
                }

                string space = thing.GetType().Namespace ?? "";
                bool isOurs = space.StartsWith("NanoComm", StringComparison.Ordinal)
                    && !space.StartsWith("NanoComm.Simulators", StringComparison.Ordinal)
                    && !space.StartsWith("NanoComm.Tests", StringComparison.Ordinal);
                for (Type type = isOurs ? thing.GetType() : null; type is not null; type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public
                        | BindingFlags.DeclaredOnly))
                    {
                        open.Push(field.FieldType.IsPrimitive ? null : field.GetValue(thing));
                    }
                }
            }
        }
    }
}
