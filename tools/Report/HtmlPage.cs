using System;
using System.Xml;

namespace NanoComm.Reporting
{
    /// <summary>Elements of an HTML page, by an XML writer: whatever a text holds, it stays text.</summary>
    internal sealed class HtmlPage
    {
        private readonly XmlWriter _xml;

        public HtmlPage(XmlWriter xml)
        {
            _xml = xml;
        }

        /// <summary>An element with what is in it.</summary>
        public void Element(string name, (string Name, string Value)[] attributes, Action write)
        {
            Begin(name, attributes);
            write();

            // To HTML <td/> is a start, and not an end.
            _xml.WriteFullEndElement();
        }

        /// <summary>An element with a text in it.</summary>
        public void Text(string name, string text, params (string Name, string Value)[] attributes)
        {
            Element(name, attributes, () => Text(text));
        }

        /// <summary>A text.</summary>
        public void Text(string text)
        {
            _xml.WriteString(ReportText.Clean(text));
        }

        /// <summary>An element that has nothing in it and no end, as <c>meta</c>.</summary>
        public void Void(string name, params (string Name, string Value)[] attributes)
        {
            Begin(name, attributes);
            _xml.WriteEndElement();
        }

        /// <summary>The style sheet, which to HTML is no text: nothing in it is escaped.</summary>
        public void Style(string sheet)
        {
            Element("style", [], () => _xml.WriteRaw(sheet));
        }

        private void Begin(string name, (string Name, string Value)[] attributes)
        {
            _xml.WriteStartElement(name);
            foreach ((string attribute, string value) in attributes)
            {
                _xml.WriteAttributeString(attribute, ReportText.Clean(value));
            }
        }
    }
}
