using System;
using System.Buffers.Binary;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace NanoComm.Keys
{
    /// <summary>
    /// Writes a factory's lot: units with their keys, each sealed under a key that a passphrase unlocks. It is there when it is
    /// finished, whole, or not at all.
    /// </summary>
    public sealed class FactoryLotWriter : IDisposable
    {
        private readonly TableFile _file;
        private readonly SealingKey _key;
        private readonly PassphraseScheme _scheme;
        private readonly byte[] _id = RandomNumberGenerator.GetBytes(FactoryLotForm.IdLength);
        private int _count;

        /// <summary>Begins one.</summary>
        /// <param name="path">A file that is not there yet.</param>
        /// <param name="passphrase">12 characters or more.</param>
        /// <exception cref="LedgerException">It is there already, or cannot be made.</exception>
        /// <exception cref="IOException">It cannot be made.</exception>
        public FactoryLotWriter(string path, string passphrase)
        {
            PassphraseScheme.Check(passphrase);
            if (File.Exists(path))
            {
                throw new LedgerException($"{path} is there already: a lot does not take the place of one");
            }

            _scheme = PassphraseScheme.MakeUp();
            _key = _scheme.Derive(passphrase);
            _file = TableFile.Begin(path, FactoryLotForm.Tables);
        }

        /// <summary>Adds a unit; its keys are not wiped.</summary>
        /// <exception cref="LedgerException">It is in there already, or there is no room.</exception>
        public void Add(NewUnit unit)
        {
            byte[] plain = Write(unit);
            byte[] bytes = _key.Seal(plain, FactoryLotForm.Label(_id, unit.Title));
            CryptographicOperations.ZeroMemory(plain);
            if (_file.Run("INSERT OR IGNORE INTO unit VALUES (?1, ?2)", unit.Title.ToString(), bytes) == 0)
            {
                throw new LedgerException($"{unit.Title} is in the lot already");
            }

            _count++;
        }

        /// <summary>Writes what is left, before the units count anywhere: what can go wrong has gone wrong then.</summary>
        public void Complete()
        {
            var count = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(count, _count);
            _file.Run("INSERT INTO lot VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)", _id, PassphraseScheme.Name, _scheme.Iterations, _scheme.Salt,
                _count, _key.Seal(count, FactoryLotForm.Label(_id)));
            _file.Complete();
        }

        /// <summary>Gives the file its name.</summary>
        public void Finish()
        {
            _file.Finish(replace: false);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _key.Dispose();
            _file.Dispose();
        }

        // kind u8 | serial number, hardware and lot, each with its length u8 | keys
        private static byte[] Write(NewUnit unit)
        {
            byte[] keys = unit.Keys.ToArray();
            byte[] plain = [(byte)unit.Kind, .. Text(unit.Serial), .. Text(unit.Hardware), .. Text(unit.Lot), .. keys];
            CryptographicOperations.ZeroMemory(keys);
            return plain;
        }

        private static byte[] Text(string text)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(text ?? "");
            return [(byte)bytes.Length, .. bytes];
        }
    }
}
