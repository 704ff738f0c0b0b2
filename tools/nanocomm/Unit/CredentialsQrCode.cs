using System.Linq;
using System.Text;
using NanoComm.CommandLine;
using QRCoder;

namespace NanoComm.Tool
{
    /// <summary>
    /// Credentials as a QR code. No public form for this is known, so the text is one that a person can read and a
    /// program can take apart: <c>BROUTE:ID=(32 digits);PW=(12 characters);</c>.
    /// </summary>
    internal sealed class CredentialsQrCode
    {
        private const int PixelsPerModule = 8;

        private readonly QRCodeData _code;

        public CredentialsQrCode(RouteBCredentials credentials)
        {
            Text = $"BROUTE:ID={credentials.Id};PW={credentials.Password};";
            _code = QRCodeGenerator.GenerateQrCode(Text, QRCodeGenerator.ECCLevel.M);
        }

        public string Text { get; }

        public byte[] ToPng()
        {
            // Not disposed: it would take the matrix along, which the lines still need.
            return new PngByteQRCode(_code).GetGraphic(PixelsPerModule);
        }

        /// <summary>Lines of half blocks, quiet zone included, to be drawn dark on light.</summary>
        public string[] ToLines()
        {
            int size = _code.ModuleMatrix.Count;
            return Enumerable.Range(0, (size + 1) / 2).Select(row =>
            {
                var line = new StringBuilder(size);
                for (int x = 0; x < size; x++)
                {
                    bool upper = _code.ModuleMatrix[row * 2][x];
                    bool lower = (row * 2) + 1 < size && _code.ModuleMatrix[(row * 2) + 1][x];
                    line.Append(upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ');
                }

                return line.ToString();
            }).ToArray();
        }
    }
}
