<?xml version="1.0" encoding="UTF-8"?>
<!-- A regional summary in one language: each chart with its table beneath. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    xmlns:m="urn:ihala:mechanism:1" exclude-result-prefixes="ih s r t m">
  <xsl:import href="chart.xsl"/>
  <xsl:import href="isolate.xsl"/>
  <xsl:import href="region-tables.xsl"/>
  <xsl:output method="html" encoding="UTF-8" indent="no" doctype-system="about:legacy-compat"/>

  <xsl:template match="/">
    <html lang="{$tongue}" dir="{$dir}">
      <head>
        <title><xsl:value-of select="concat(ih:word('region.title', $tongue), ' ', $region/@period)"/></title>
        <meta name="viewport" content="width=device-width"/>
        <style><xsl:call-template name="style"/></style>
      </head>
      <body>
        <main>
          <h1><xsl:value-of select="ih:word('region.title', $tongue)"/><xsl:text> </xsl:text><bdi dir="ltr"><xsl:value-of select="$region/@period"/></bdi></h1>
          <xsl:if test="$region/@training"><p class="training"><xsl:value-of select="ih:word('region.training', $tongue)"/></p></xsl:if>
          <xsl:call-template name="about"/>
          <xsl:call-template name="committees"/>
          <section>
            <h2><xsl:value-of select="ih:word('region.chart.outcome', $tongue)"/></h2>
            <xsl:call-template name="outcome-chart"/>
            <xsl:call-template name="by-country"><xsl:with-param name="table" select="$region/r:table[@rows = 'outcome'][1]"/></xsl:call-template>
          </section>
          <section>
            <h2><xsl:value-of select="ih:word('region.chart.pyramid', $tongue)"/></h2>
            <xsl:call-template name="pyramid"/>
            <xsl:apply-templates select="$region/r:table[@columns = 'age'][1]"/>
          </section>
          <xsl:for-each select="$region/r:table[@id != $region/r:table[@columns = 'age'][1]/@id]">
            <section>
              <h2><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = current()/@id]/t:title"/></xsl:call-template></h2>
              <xsl:choose>
                <xsl:when test="starts-with(@rows, 'from-') and starts-with(@columns, 'in-')"><xsl:call-template name="flow"><xsl:with-param name="table" select="."/></xsl:call-template></xsl:when>
                <!-- the rows of one variable are drawn once -->
                <xsl:when test="preceding-sibling::r:table/@rows = @rows"/>
                <xsl:otherwise><xsl:call-template name="row-chart"><xsl:with-param name="table" select="."/></xsl:call-template></xsl:otherwise>
              </xsl:choose>
              <xsl:apply-templates select="."/>
            </section>
          </xsl:for-each>
          <xsl:if test="$region/r:earlier"><xsl:call-template name="trend-section"/></xsl:if>
          <xsl:call-template name="rate"/>
          <xsl:call-template name="sources"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="style">
* { box-sizing: border-box; }
body { margin: 0 auto; max-inline-size: 60em; padding: 1.5rem; color: #1a1a1a; background: #fff; font: 1rem/1.5 "Noto Sans", "Liberation Sans", sans-serif; }
:lang(ar) { font-family: "Noto Sans", "Liberation Sans", "Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", sans-serif; line-height: 1.7; }
h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; margin-block-start: 2rem; break-after: avoid; }
.about { border-inline-start: 4px solid #123a5e; padding-inline-start: 1rem; } .about p, .multi { margin-block: .3rem; }
.training { border: 2px dashed #1a1a1a; padding: .5rem; text-align: center; font-weight: 700; }
svg { max-inline-size: 100%; block-size: auto; display: block; margin-block: 1rem; } svg .heading { font-weight: 700; }
table { border-collapse: collapse; inline-size: 100%; margin-block: .5rem 1rem; font-size: .92rem; }
th, td { border: 1px solid #8a8a8a; padding: .3rem .5rem; text-align: start; vertical-align: top; }
thead th, tfoot th, tfoot td { background: #f1f1ee; } .n { text-align: end; font-variant-numeric: tabular-nums; } tfoot .n { font-weight: 700; }
.code { font: .75em "DejaVu Sans Mono", monospace; color: #4a4a4a; }
thead th { vertical-align: bottom; } thead .n { min-inline-size: 3.4em; }
@media print { body { max-inline-size: none; padding: 0; font-size: 10pt; } h1, h2 { break-after: avoid; } svg, table { break-inside: avoid; } .multi { break-before: avoid; } .code { font-size: .68em; } th, td { padding: .12rem .35rem; } }
</xsl:template>
</xsl:stylesheet>
