<?xml version="1.0" encoding="UTF-8"?>
<!-- The frame of every page that seals what is filled in: policy, script,
     style, and the data that the script reads, which are made by another
     sheet and packed. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1" exclude-result-prefixes="ih s">
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:param name="data"/><!-- deflated, base64 -->
  <xsl:param name="script"/>
  <xsl:param name="script-hash"/>
  <xsl:param name="style"/>
  <xsl:param name="style-hash"/>

  <xsl:variable name="tongues" select="/s:sources/s:tongue"/>

  <xsl:template match="/">
    <html lang="ar" dir="rtl">
      <head>
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-{$script-hash}'; style-src 'sha256-{$style-hash}'; base-uri 'none'; form-action 'none'"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="referrer" content="no-referrer"/>
        <title>·</title>
        <style><xsl:value-of select="$style"/></style>
      </head>
      <body>
        <noscript>
          <xsl:for-each select="$tongues"><p lang="{@lang}" dir="auto"><xsl:value-of select="ih:word('offline.page.noscript', @tag)"/></p></xsl:for-each>
        </noscript>
        <xsl:call-template name="page"/>
        <script type="application/octet-stream" id="data"><xsl:value-of select="$data"/></script>
        <script><xsl:value-of select="$script"/></script>
      </body>
    </html>
  </xsl:template>
</xsl:stylesheet>
