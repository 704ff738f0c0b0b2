using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace NanoComm.Keys
{
    /// <summary>A factory's lot, to unpack one unit at a time.</summary>
    public sealed class FactoryLot : IDisposable
    {
        /// <summary>How their names end.</summary>
        public const string Extension = ".ncl";

        private readonly string _path;
        private readonly TableFile _file;
        private readonly Head _head;
        private SealingKey _key;

        private FactoryLot(string path)
        {
            _path = path;
            _file = TableFile.Open(path, FactoryLotForm.Tables);
            try
            {
                _head = _file.First("SELECT id, scheme, iterations, salt, units, sealed FROM lot", ReadHead) ?? throw _file.Damaged("its head");
            }
            catch
            {
                _file.Dispose();
                throw;
            }
        }

        /// <summary>Tells it from other lots, 16 bytes.</summary>
        public ReadOnlyMemory<byte> Id => _head.Id;

        /// <summary>How many units it has.</summary>
        public int Count => _head.Units;

        /// <summary>Opens one, locked: what is on the labels is seen, and no more.</summary>
        /// <exception cref="LedgerException">It is none, or damaged.</exception>
        public static FactoryLot Open(string path) => new(path);

        /// <summary>Unlocks the keys.</summary>
        /// <exception cref="LedgerException">The passphrase is wrong, or the file was tampered with.</exception>
        public void Unlock(string passphrase)
        {
            if (_head.Scheme != PassphraseScheme.Name)
            {
                throw new LedgerException($"{_path} is locked by '{_head.Scheme}': this program knows {PassphraseScheme.Name} only");
            }

            SealingKey key = new PassphraseScheme(_head.Iterations, _head.Salt).Derive(passphrase);
            byte[] count = key.Open(_head.Sealed, FactoryLotForm.Label(_head.Id));
            if (count is null || count.Length != 4 || BinaryPrimitives.ReadInt32BigEndian(count) != _head.Units)
            {
                key.Dispose();
                throw count is null ? new LedgerException($"wrong passphrase for the lot {_path}, or its head is damaged") : _file.Damaged("its head");
            }

            _key = key;
        }

        /// <summary>The titles of its units, in their order.</summary>
        public IEnumerable<SystemTitle> Titles()
        {
            return _file.All("SELECT title FROM unit ORDER BY title", reader => SystemTitle.Parse(reader.GetString(0)));
        }

        /// <summary>Whether a unit is in it.</summary>
        public bool Has(SystemTitle title) => Sealed(title) is not null;

        /// <summary>Unpacks a unit, whose keys are to be disposed of.</summary>
        /// <exception cref="LedgerException">It is not in the lot, or damaged.</exception>
        public NewUnit Unpack(SystemTitle title)
        {
            byte[] bytes = Sealed(title) ?? throw new LedgerException($"{title} is not in the lot {_path}: take the unit's own lot");
            byte[] plain = _key.Open(bytes, FactoryLotForm.Label(_head.Id, title)) ?? throw _file.Damaged($"the unit {title}");
            try
            {
                return Read(title, plain);
            }
            catch (Exception error) when (error is ArgumentException or IndexOutOfRangeException)
            {
                throw _file.Damaged($"the unit {title}");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(plain);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _key?.Dispose();
            _file.Dispose();
        }

        private static Head ReadHead(SqliteDataReader reader)
        {
            return new Head(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetInt32(2), reader.GetFieldValue<byte[]>(3),
                reader.GetInt32(4), reader.GetFieldValue<byte[]>(5));
        }

        private static NewUnit Read(SystemTitle title, byte[] plain)
        {
            var kind = (UnitKind)plain[0];
            int offset = 1;
            string serial = Text(plain, ref offset);
            string hardware = Text(plain, ref offset);
            string lot = Text(plain, ref offset);
            return new NewUnit(title, kind, serial, UnitKeys.Read(kind, plain.AsSpan(offset)), Name(hardware), Name(lot));
        }

        private static string Name(string text) => text.Length == 0 ? null : text;

        private static string Text(byte[] plain, ref int offset)
        {
            string text = Encoding.ASCII.GetString(plain, offset + 1, plain[offset]);
            offset += 1 + plain[offset];
            return text;
        }

        private byte[] Sealed(SystemTitle title)
        {
            return _file.First("SELECT sealed FROM unit WHERE title = ?1", reader => reader.GetFieldValue<byte[]>(0), title.ToString());
        }

        private sealed record Head(byte[] Id, string Scheme, int Iterations, byte[] Salt, int Units, byte[] Sealed);
    }
}
