using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;

namespace NanoComm.Tests.Host.Hal
{
    [TestFixture]
    public sealed class DurableStoreTests
    {
        private const string Name = "pairing";
        private const string Current = "pairing.rec";
        private const string Replacement = "pairing.new";
        private const string Absent = null;
        private const string Delete = null;

        [TestCase("first write", Absent, "old")]
        [TestCase("replacement by a longer record", "old", "newer")]
        [TestCase("replacement by a shorter record", "older", "new")]
        [TestCase("replacement by nothing", "old", "")]
        [TestCase("two replacements in a row", "old", "newer", "new")]
        [TestCase("delete", "old", new[] { Delete })]
        [TestCase("delete of a replaced record", "older", "old", Delete)]
        [TestCase("delete and write again", "old", Delete, "new")]
        public void A_power_cut_at_any_point_leaves_the_record_old_or_new(string what, string before,
            params string[] script)
        {
            int points = 0;
            while (RunWithCuts(before, script, points))
            {
                points++;
            }

            Assert.That(points, Is.GreaterThanOrEqualTo(script.Length * 4));
            TestContext.Out.WriteLine($"{what}: {points} cut points");
        }

        [TestCase("first write, twice cut", Absent, "a", "bc")]
        [TestCase("replacements, twice cut", "a", "bc", "d", "efg")]
        [TestCase("deletes, twice cut", "a", Delete, "bc", Delete, "d")]
        public void A_second_cut_at_any_point_later_changes_nothing(string what, string before, params string[] script)
        {
            int pairs = 0;
            int first = 0;
            while (RunWithCuts(before, script, first))
            {
                int second = 0;
                while (RunWithCuts(before, script, first, second))
                {
                    second++;
                    pairs++;
                }

                first++;
            }

            Assert.That(pairs, Is.GreaterThan(first), "a second cut happened at all");
            TestContext.Out.WriteLine($"{what}: {first} cut points, {pairs} pairs of them");
        }

        [Test]
        public void An_operation_that_the_medium_refuses_answers_false_and_leaves_old_or_new()
        {
            int tried = 0;
            foreach (int refusedLength in Enumerable.Range(0, 20))
            {
                bool answer = false;
                for (int refused = 0; !answer; refused++)
                {
                    OpenedFiles files = Prepare("old");
                    files.RefusedLength = refusedLength;
                    files.RefuseFrom(refused);
                    answer = Write(new DurableStore(files), "newer");
                    files.RefuseFrom(-1);
                    string read = Read(new DurableStore(files));
                    Assert.That(read, answer ? Is.EqualTo("newer") : Is.EqualTo("old").Or.EqualTo("newer"));
                    Assert.That(Write(new DurableStore(files), "next"), "there is room again");
                    Assert.That(Read(new DurableStore(files)), Is.EqualTo("next"));
                    tried++;
                }
            }

            TestContext.Out.WriteLine($"{tried} refusals");
        }

        [Test]
        public void A_full_medium_refuses_the_write_and_the_old_record_stays()
        {
            OpenedFiles files = Prepare("old");
            files.RefusedLength = 5;
            files.RefuseFrom(0);
            var store = new DurableStore(files);

            Assert.That(Write(store, "newer"), Is.False);
            Assert.That(Write(store, "newest"), Is.False);
            Assert.That(Read(store), Is.EqualTo("old"));
            Assert.That(store.Delete(Name), Is.False, "a delete that the medium refuses is no delete");
            Assert.That(Read(store), Is.EqualTo("old"));
        }

        [Test]
        public void Damage_at_any_byte_makes_the_record_absent_and_the_next_write_heals_it()
        {
            int length = Prepare("content")[Current].Length;
            int tried = 0;
            foreach (byte damage in new byte[] { 0x01, 0x80, 0xFF })
            {
                for (int i = 0; i < length; i++)
                {
                    OpenedFiles files = Prepare("content");
                    files[Current][i] ^= damage;
                    var store = new DurableStore(files);
                    Assert.That(Read(store), Is.EqualTo(Absent), $"byte {i} ^ {damage:X2}");
                    Assert.That(Write(store, "healed"));
                    Assert.That(Read(new DurableStore(files)), Is.EqualTo("healed"));
                    tried++;
                }
            }

            TestContext.Out.WriteLine($"{tried} damaged bytes in a record of {length}");
        }

        [Test]
        public void Damage_at_any_byte_of_the_newer_record_leaves_the_older()
        {
            OpenedFiles whole = CutBeforeTakingOver("old", "newer");
            for (int i = 0; i < whole[Replacement].Length; i++)
            {
                var files = new OpenedFiles(whole);
                files[Replacement][i] ^= 0xFF;
                Assert.That(Read(new DurableStore(files)), Is.EqualTo("old"), $"byte {i}");
                Assert.That(Write(new DurableStore(files), "next"));
                Assert.That(Read(new DurableStore(files)), Is.EqualTo("next"), $"byte {i}");
            }
        }

        [Test]
        public void Damage_at_any_byte_of_the_older_record_leaves_the_newer()
        {
            OpenedFiles whole = CutBeforeTakingOver("old", "newer");
            for (int i = 0; i < whole[Current].Length; i++)
            {
                var files = new OpenedFiles(whole);
                files[Current][i] ^= 0xFF;
                Assert.That(Read(new DurableStore(files)), Is.EqualTo("newer"), $"byte {i}");
            }
        }

        [Test]
        public void A_record_cut_short_or_with_bytes_behind_it_is_absent()
        {
            byte[] record = Prepare("content")[Current];
            for (int length = 0; length < record.Length; length++)
            {
                OpenedFiles files = Prepare("content");
                files[Current] = record[..length];
                Assert.That(Read(new DurableStore(files)), Is.EqualTo(Absent), $"{length} bytes");
            }

            OpenedFiles longer = Prepare("content");
            longer[Current] = [.. record, 0];
            Assert.That(Read(new DurableStore(longer)), Is.EqualTo(Absent));
        }

        [Test]
        public void The_layout_is_the_documented_one_and_generations_count_up()
        {
            var files = new OpenedFiles();
            var store = new DurableStore(files);
            for (uint generation = 1; generation <= 300; generation++)
            {
                Assert.That(Write(store, "123456789"));
                Assert.That(files.Names, Is.EqualTo(new[] { Current }), "no replacement stays behind");
                byte[] record = files[Current];
                Assert.That(Convert.ToHexString(record, 0, 10), Is.EqualTo($"4E435231{generation:X8}0009"));
                Assert.That(Convert.ToHexString(record, record.Length - 4, 4),
                    Is.EqualTo(Crc32(record.AsSpan(0, record.Length - 4)).ToString("X8")));
            }
        }

        [Test]
        public void Records_of_several_names_do_not_touch_each_other()
        {
            var files = new MemoryFiles();
            var store = new DurableStore(files);
            string[] names = { "a", "0", "-", "pairing", "pairing-2", "a-name-of-16-chs" };
            foreach (string name in names)
            {
                Assert.That(store.Write(name, Encoding.ASCII.GetBytes(name), name.Length));
            }

            Assert.That(store.Delete("pairing"));
            foreach (string name in names)
            {
                Assert.That(Read(new DurableStore(files), name), Is.EqualTo(name == "pairing" ? Absent : name));
            }
        }

        [TestCase("")]
        [TestCase("a-name-of-17-chrs")]
        [TestCase("Upper")]
        [TestCase("dot.rec")]
        [TestCase("../up")]
        [TestCase("a b")]
        [TestCase("ä")]
        public void A_name_outside_the_rule_is_a_programming_error(string name)
        {
            var store = new DurableStore(new MemoryFiles());
            Assert.Throws<ArgumentException>(() => store.Read(name, new byte[1]));
            Assert.Throws<ArgumentException>(() => store.Write(name, new byte[1], 1));
            Assert.Throws<ArgumentException>(() => store.Delete(name));
        }

        [Test]
        public void Lengths_from_nothing_to_the_longest_and_no_further()
        {
            var store = new DurableStore(new MemoryFiles());
            var content = new byte[DurableStore.MaxLength + 1];
            new Random(1).NextBytes(content);
            var buffer = new byte[DurableStore.MaxLength];
            foreach (int length in new[] { 0, 1, 255, 256, DurableStore.MaxLength })
            {
                Assert.That(store.Write(Name, content, length));
                Assert.That(store.Read(Name, buffer), Is.EqualTo(length));
                Assert.That(buffer.AsSpan(0, length).SequenceEqual(content.AsSpan(0, length)));
            }

            Assert.That(store.Read(Name, new byte[DurableStore.MaxLength - 1]), Is.EqualTo(-1),
                "longer than the buffer");
            Assert.Throws<ArgumentOutOfRangeException>(() => store.Write(Name, content, DurableStore.MaxLength + 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => store.Write(Name, content, -1));
            Assert.Throws<ArgumentOutOfRangeException>(() => store.Write(Name, new byte[1], 2));
        }

        [Test]
        public void Records_survive_in_a_folder_of_the_PC()
        {
            string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                Assert.That(Write(new DurableStore(new FolderFiles(folder)), "old"));
                Assert.That(Write(new DurableStore(new FolderFiles(folder)), "newer"));
                Assert.That(Read(new DurableStore(new FolderFiles(folder))), Is.EqualTo("newer"));
                Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EqualTo(new[] { Current }));
                Assert.That(new DurableStore(new FolderFiles(folder)).Delete(Name));
                Assert.That(Read(new DurableStore(new FolderFiles(folder))), Is.EqualTo(Absent));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        // Runs a script of writes and deletes with a power cut at each of the points given, counted from the start and
        // then from the cut before. After a cut the record must read as what was acknowledged last or what was being
        // done, and go on reading so. False when the last cut's point was never reached.
        private static bool RunWithCuts(string before, string[] script, params int[] cuts)
        {
            var files = new PowerCutFiles(Prepare(before), new PowerSupply());
            string acknowledged = before;
            int cut = 0;
            int next = 0;
            files.Power.CutAtPoint(cuts[0]);
            var store = new DurableStore(files);
            while (next < script.Length)
            {
                string wanted = script[next++];
                try
                {
                    Assert.That(wanted == Delete ? store.Delete(Name) : Write(store, wanted));
                    acknowledged = wanted;
                }
                catch (PowerCutException)
                {
                    files.Power.Restore();
                    store = new DurableStore(files);
                    string read = Read(store);
                    Assert.That(read, Is.EqualTo(acknowledged).Or.EqualTo(wanted), $"cut at {string.Join(", ", cuts)}");
                    acknowledged = read;
                    cut++;
                    if (cut < cuts.Length)
                    {
                        files.Power.CutAtPoint(cuts[cut]);
                    }
                }

                Assert.That(Read(store), Is.EqualTo(acknowledged), $"cut at {string.Join(", ", cuts)}");
            }

            files.Power.Restore();
            Assert.That(Read(new DurableStore(files)), Is.EqualTo(acknowledged), $"cut at {string.Join(", ", cuts)}");
            Assert.That(Write(new DurableStore(files), "last"), "the store goes on working");
            Assert.That(Read(new DurableStore(files)), Is.EqualTo("last"));
            return cut == cuts.Length;
        }

        private static OpenedFiles Prepare(string content)
        {
            var files = new OpenedFiles();
            if (content != Absent)
            {
                Assert.That(Write(new DurableStore(files), content));
            }

            return files;
        }

        private static OpenedFiles CutBeforeTakingOver(string old, string newer)
        {
            OpenedFiles files = Prepare(old);
            files.RefuseFrom(1);
            Assert.That(Write(new DurableStore(files), newer), Is.False);
            files.RefuseFrom(-1);
            Assert.That(files.Names, Is.EquivalentTo(new[] { Current, Replacement }));
            Assert.That(Read(new DurableStore(files)), Is.EqualTo(newer));
            return files;
        }

        private static bool Write(DurableStore store, string content)
        {
            return store.Write(Name, Encoding.ASCII.GetBytes(content), content.Length);
        }

        private static string Read(DurableStore store, string name = Name)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = store.Read(name, buffer);
            return length < 0 ? Absent : Encoding.ASCII.GetString(buffer, 0, length);
        }

        // Table-driven, unlike the store's own.
        private static uint Crc32(ReadOnlySpan<byte> bytes)
        {
            var table = new List<uint>();
            for (uint n = 0; n < 256; n++)
            {
                uint c = n;
                for (int k = 0; k < 8; k++)
                {
                    c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
                }

                table.Add(c);
            }

            uint crc = uint.MaxValue;
            foreach (byte b in bytes)
            {
                crc = table[(byte)(crc ^ b)] ^ (crc >> 8);
            }

            return ~crc;
        }
    }
}
