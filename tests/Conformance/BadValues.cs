using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Values that are not of a form, written down by hand: a wrong length, and what no field may say.</summary>
    internal static class BadValues
    {
        private const string Time = "07EB021B0C0A00";
        private const string ShortTime = "07EB021B0C0A";

        private static readonly Dictionary<string, string[]> ByForm = new()
        {
            ["raw[2]"] = ["00", "000000"],
            ["raw[3]"] = ["0000", "00000000"],
            ["raw[4]"] = ["000000", "0000000000"],
            ["raw[12]"] = [Zeros(11), Zeros(13)],
            ["raw[16]"] = [Zeros(15), Zeros(17)],
            ["raw[17]"] = [Zeros(16), Zeros(18)],
            ["raw[1,17]"] = ["0000", Zeros(16)],
            ["raw[1..255]"] = [""],
            ["u8[x30,x31]"] = ["32", "3030"],
            ["u8[x41,x42]"] = ["43", "4141"],
            ["u8[x41,x42,x61,x62]"] = ["43", "4141"],
            ["u8[0..3]"] = ["04", "0000"],
            ["u8[0..4,10..13]"] = ["05", "0E", "0000"],
            ["u8[0..4,10..14]"] = ["05", "0F", "0000"],
            ["u8[0..99,xFF]"] = ["64", "FE", "0000"],
            ["u8[0..100]"] = ["65", "0000"],
            ["u8[1..8]"] = ["00", "09", "0008"],
            ["u8[1..31]"] = ["00", "20", "0001"],
            ["u8[65..68]+u32[0..4294967295]"] = ["4000000000", "41000000"],
            ["u16[0..1001,1023]"] = ["03EA", "0400", "00"],
            ["u16[0..1004]"] = ["03ED", "00"],
            ["u16[0..65533]"] = ["FFFE", "00"],
            ["u16[1..253]"] = ["0000", "00FE", "01"],
            ["u32[0..999999]"] = ["000F4240", "0000000001"],
            ["u32[0..99999999]"] = ["05F5E100", "FFFFFFFE", "000000"],
            ["u32[0..999999999]"] = ["3B9ACA00", "000000"],
            ["register"] = ["05F5E100", "FFFFFFFF", "000000", "0000000000"],
            ["register+register"] = ["0000000005F5E100", "FFFFFFFF00000000", "00000000"],
            ["watt"] = ["80000000", "7FFFFFFF", "0000"],
            ["amp16+amp16"] = ["80000000", "00007FFF", "0000"],
            ["amp32+amp32"] = ["8000000000000000", "000000007FFFFFFF", "00000000"],
            ["time"] = ["1800", "003C", "00"],
            ["date"] = ["07EB0D01", "07EB021D", "07EB02"],
            ["dt7+register"] = ["07EB0D1B0C0A0000000000", Time + "05F5E100", Time + "000000"],
            ["dt7+register+register"] = ["07EB021D0C0A000000000000000000", Time + "0000000005F5E100", Time + "00000000"],
            ["day"] = ["0064" + Zeros(192), "0001" + "05F5E100" + Zeros(188), "0001" + Zeros(188)],
            ["rows[10]"] = RowsOf(11),
            ["rows[12]"] = RowsOf(13),
            ["select[10]"] = [ShortTime + "00", ShortTime + "0B", "07EB0D1B0C0A01", ShortTime],
            ["select[12]"] = [ShortTime + "00", ShortTime + "0D", "07EB0D1B0C0A01", ShortTime],
            ["map"] = ["0280", "01809D"],
            ["instances"] = ["02028801", "01028801028A01"],
            ["classes"] = ["020288", "01"],
        };

        /// <summary>In hexadecimal digits.</summary>
        public static IEnumerable<string> Of(string form)
        {
            return ByForm[form];
        }

        private static string[] RowsOf(int tooMany)
        {
            return [ShortTime + "00", $"{ShortTime}{tooMany:X2}{Zeros(8 * tooMany)}", ShortTime + "01" + "0000000005F5E100",
                ShortTime + "02" + Zeros(8), "FFFFFFFFFFFE01" + Zeros(8)];
        }

        private static string Zeros(int bytes)
        {
            return string.Concat(Enumerable.Repeat("00", bytes));
        }
    }
}
