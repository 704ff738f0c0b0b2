using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Data.Sqlite;
using NanoComm.Keys;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A key office and a line in one folder.</summary>
    internal sealed class FactoryBench : IDisposable
    {
        public const string LotPassphrase = "from the office to the line";

        public readonly LedgerFixture Office = new();

        public Dictionary<string, string> Environment { get; } = new()
        {
            ["NANOCOMM_LEDGER"] = "test.ledger",
            ["NANOCOMM_PASSPHRASE"] = LedgerFixture.Passphrase,
            ["NANOCOMM_LOT_PASSPHRASE"] = LotPassphrase,
        };

        public string Lot => In("lot.ncl");

        public string In(string file) => Path.Combine(Office.Folder, file);

        public static SystemTitle Title(int number) => SystemTitle.Parse($"4E434300000001{number:X2}");

        /// <summary>Makes a lot without the commands.</summary>
        public void MakeLot(int units = 3, string path = null, UnitKind kind = UnitKind.Communication)
        {
            using var lot = new FactoryLotWriter(path ?? Lot, LotPassphrase);
            for (int i = 1; i <= units; i++)
            {
                lot.Add(new NewUnit(Title(i), kind, $"S{i}", UnitKeys.MakeUp(kind), "rev B", "2026-07"));
            }

            lot.Complete();
            lot.Finish();
        }

        public FactoryLot Open(string path = null)
        {
            FactoryLot lot = FactoryLot.Open(path ?? Lot);
            lot.Unlock(LotPassphrase);
            return lot;
        }

        public void Execute(string file, string statement)
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }

        public string Run(int exitCode, params string[] arguments)
        {
            (int ended, string output, string error) = ToolCommand.Run(Office.Folder, Environment, arguments);
            Assert.That(ended, Is.EqualTo(exitCode), output + error);
            return output + error;
        }

        public void Dispose()
        {
            Office.Dispose();
        }
    }
}
