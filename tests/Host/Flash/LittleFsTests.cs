using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CsCheck;
using NanoComm.Bytes;
using NanoComm.Flash;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>
    /// Volumes that littlefs itself has written, version 2.11.2 with the ESP32's geometry, and what it read of them: each image has
    /// its list of CRC-32 (ISO 3309), length and path. What wrote them is no part of this repository; what is in them was made up.
    /// </summary>
    [Parallelizable]
    internal sealed class LittleFsTests
    {
        private const string Folder = "Flash/Images";

        // A folder of more such images and lists, as *.img and *.txt.
        private const string MoreImages = "NANOCOMM_LITTLEFS_IMAGES";

        private static IEnumerable<string> Images => Directory.EnumerateFiles(Path.Combine(TestContext.CurrentContext.TestDirectory, Folder), "*.txt")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        [TestCaseSource(nameof(Images))]
        public void What_littlefs_reads_is_read(string image)
        {
            LittleFsVolume volume = LittleFsVolume.Read(FlashImages.Load(image));
            Assert.That(volume.Faults, Is.Empty);
            Assert.That(Listing(volume), Is.EquivalentTo(File.ReadAllLines(FlashImages.PathOf(image + ".txt"))));
        }

        [Test]
        public void The_images_are_of_every_kind()
        {
            Assert.That(Images, Is.SupersetOf(new[] { "fresh", "few", "rewrites", "v20", "blocks1k", "split", "large", "move", "move-cut-182" }));
        }

        [Test]
        public void A_torn_commit_does_not_count()
        {
            byte[] bytes = FlashImages.Load("few");
            string[] whole = Listing(LittleFsVolume.Read(bytes));

            // The newest block of the folder of records, cut off anywhere: what was committed before is there, or the block before it.
            int block = NewestBlockWith(bytes, "zeroise.rec");
            for (int at = 8; at < 4096; at += 61)
            {
                byte[] torn = (byte[])bytes.Clone();
                torn.AsSpan((block * 4096) + at, 4096 - at).Fill(0xFF);
                Assert.That(Listing(LittleFsVolume.Read(torn)).Length, Is.LessThanOrEqualTo(whole.Length + 1), $"cut at {at}");
            }
        }

        [Test]
        public void A_damaged_block_is_read_as_the_one_before_it()
        {
            byte[] bytes = FlashImages.Load("rewrites");
            int block = NewestBlockWith(bytes, "location.rec");
            bytes[(block * 4096) + 20] ^= 1;
            LittleFsVolume volume = LittleFsVolume.Read(bytes);
            Assert.That(volume.Faults.Count + volume.Files.Count, Is.GreaterThan(0));
        }

        [TestCase(0)]
        [TestCase(100)]
        [TestCase(262144)]
        public void Where_there_is_no_volume_it_says_so(int length)
        {
            Assert.That(() => LittleFsVolume.Read(new byte[length]), Throws.TypeOf<InvalidDataException>());
            byte[] erased = new byte[length];
            Array.Fill(erased, (byte)0xFF);
            Assert.That(() => LittleFsVolume.Read(erased), Throws.TypeOf<InvalidDataException>());
        }

        [Test]
        public void A_copy_that_is_cut_short_is_refused()
        {
            Assert.That(() => LittleFsVolume.Read(FlashImages.Load("few").AsMemory(0, 100_000)),
                Throws.TypeOf<InvalidDataException>().With.Message.Contains("64 blocks of 4096 bytes"));
        }

        [Test]
        public void Damaged_volumes_end_as_stated()
        {
            byte[][] images = [.. Images.Select(FlashImages.Load)];
            Gen.Select(Gen.Int[0, images.Length - 1], Gen.Select(Gen.Int[0, 262143], Gen.Byte).Array[1, 40])
                .Sample((image, changes) => ReadDamaged(images[image], changes), iter: 600, threads: 1);
        }

        // What passes every check: changed, and its check made right again, so that a made-up structure is followed.
        [Test]
        public void Made_up_volumes_end_as_stated()
        {
            byte[][] images = [.. Images.Select(FlashImages.Load)];
            Gen.Select(Gen.Int[0, images.Length - 1], Gen.Int[0, 63], Gen.Select(Gen.Int[4, 1500], Gen.Byte).Array[1, 6])
                .Sample((image, block, changes) =>
                {
                    byte[] bytes = (byte[])images[image].Clone();
                    LittleFsForger.Change(bytes.AsSpan(block * 4096, 4096), changes);
                    return ReadDamaged(bytes, []);
                }, iter: 1500, threads: 1);
        }

        [Test, Explicit("hundreds of images, made outside of the repository: NANOCOMM_LITTLEFS_IMAGES=DIR dotnet test tests/Host --filter More_images")]
        public void More_images_are_read_as_littlefs_reads_them()
        {
            string folder = Environment.GetEnvironmentVariable(MoreImages);
            string[] lists = Directory.GetFiles(folder, "*.txt");
            Assert.That(lists, Is.Not.Empty);
            Assert.Multiple(() =>
            {
                foreach (string list in lists)
                {
                    LittleFsVolume volume = LittleFsVolume.Read(File.ReadAllBytes(Path.ChangeExtension(list, ".img")));
                    Assert.That(Listing(volume), Is.EquivalentTo(File.ReadAllLines(list)), list);
                    Assert.That(volume.Faults, Is.Empty, list);
                }
            });
        }

        private static bool ReadDamaged(byte[] image, (int At, byte Value)[] changes)
        {
            byte[] bytes = (byte[])image.Clone();
            foreach ((int at, byte value) in changes)
            {
                bytes[at] ^= value;
            }

            try
            {
                LittleFsVolume volume = LittleFsVolume.Read(bytes);
                return volume.Files.Sum(file => (long)file.Bytes.Length) <= bytes.Length;
            }
            catch (InvalidDataException)
            {
                return true;
            }
        }

        private static string[] Listing(LittleFsVolume volume)
        {
            Assert.That(volume.Files.Where(file => file.Fault != null).Select(file => file.Path + ": " + file.Fault), Is.Empty);
            return [.. volume.Files.Select(file => string.Create(CultureInfo.InvariantCulture,
                $"{Check(file.Bytes.Span):X8} {file.Bytes.Length} {file.Path}"))];
        }

        private static uint Check(ReadOnlySpan<byte> bytes)
        {
            return Crc32.Compute(bytes.ToArray(), 0, bytes.Length);
        }

        private static int NewestBlockWith(byte[] bytes, string name)
        {
            byte[] text = System.Text.Encoding.ASCII.GetBytes(name);
            return Enumerable.Range(0, bytes.Length / 4096).Where(block => bytes.AsSpan(block * 4096, 4096).IndexOf(text) >= 0)
                .MaxBy(block => BitConverter.ToUInt32(bytes, block * 4096));
        }
    }
}
