<?xml version="1.0" encoding="UTF-8"?>
<!-- What a regional summary says beside its charts: how exact it is, who sent
     what, and the tables.  Beside chart.xsl and isolate.xsl. -->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:ih="urn:ihala:xslt" xmlns:s="urn:ihala:sources:1"
    xmlns:r="urn:ihala:region:1" xmlns:t="urn:ihala:tables:1"
    xmlns:m="urn:ihala:mechanism:1" exclude-result-prefixes="ih s r t m">

  <!-- what a 0 of one return may hide -->
  <xsl:variable name="furthest">
    <xsl:for-each select="$region/r:committee">
      <xsl:sort select="@bound" data-type="number" order="descending"/>
      <xsl:if test="position() = 1"><xsl:value-of select="@bound"/></xsl:if>
    </xsl:for-each>
  </xsl:variable>

  <xsl:variable name="comma"><xsl:choose><xsl:when test="$rtl">، </xsl:when><xsl:otherwise>, </xsl:otherwise></xsl:choose></xsl:variable>

  <xsl:template name="sentence">
    <xsl:param name="say"/>
    <p><xsl:call-template name="isolated"><xsl:with-param name="text" select="$say"/></xsl:call-template></p>
  </xsl:template>

  <xsl:template name="about">
    <div class="about">
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('return.legend', $tongue, string($furthest))"/></xsl:call-template>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('region.bound', $tongue, string($region/@bound))"/></xsl:call-template>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:word('region.not-status', $tongue)"/></xsl:call-template>
      <xsl:if test="$region/r:missing">
        <xsl:variable name="missing">
          <xsl:for-each select="$region/r:missing">
            <xsl:if test="position() != 1">
              <xsl:value-of select="$comma"/>
            </xsl:if>
            <xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template>
          </xsl:for-each>
        </xsl:variable>
        <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('region.missing', $tongue, string($missing))"/></xsl:call-template>
      </xsl:if>
      <xsl:for-each select="$region/r:overlap">
        <xsl:variable name="a"><xsl:call-template name="country"><xsl:with-param name="code" select="@a"/></xsl:call-template></xsl:variable>
        <xsl:variable name="b"><xsl:call-template name="country"><xsl:with-param name="code" select="@b"/></xsl:call-template></xsl:variable>
        <xsl:call-template name="sentence"><xsl:with-param name="say" select="ih:say('region.overlap', $tongue, string($a), string($b), string(@persons))"/></xsl:call-template>
      </xsl:for-each>
      <xsl:call-template name="sentence"><xsl:with-param name="say" select="concat(ih:word('region.made', $tongue), ' ', ih:date($region/@made, $tongue))"/></xsl:call-template>
    </div>
  </xsl:template>

  <xsl:template name="committees">
    <h2><xsl:value-of select="ih:word('region.committees', $tongue)"/></h2>
    <table>
      <thead><tr>
        <th scope="col"><xsl:value-of select="ih:word('region.committee', $tongue)"/></th>
        <th scope="col"><xsl:value-of select="ih:word('region.made', $tongue)"/></th>
        <th scope="col"><xsl:value-of select="ih:word('region.remark', $tongue)"/></th>
        <th scope="col" class="n"><xsl:value-of select="ih:word('region.persons', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="$region/r:committee">
          <tr>
            <th scope="row"><xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template></th>
            <td><xsl:call-template name="isolated"><xsl:with-param name="text" select="ih:date(@made, $tongue)"/></xsl:call-template></td>
            <td>
              <xsl:if test="@restatement"><xsl:call-template name="isolated"><xsl:with-param name="text" select="ih:say('region.restatement', $tongue, string(@restatement))"/></xsl:call-template></xsl:if>
              <xsl:if test="@restatement and @late"><xsl:value-of select="$comma"/></xsl:if>
              <xsl:if test="@late"><xsl:value-of select="ih:word('region.late', $tongue)"/></xsl:if>
            </td>
            <td class="n"><xsl:value-of select="@persons"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
      <tfoot><tr><th scope="row" colspan="3"><xsl:value-of select="ih:word('region.total', $tongue)"/></th><td class="n"><xsl:value-of select="$region/@persons"/></td></tr></tfoot>
    </table>
  </xsl:template>

  <!-- Rows by country. -->
  <xsl:template name="by-country">
    <xsl:param name="table"/>
    <table>
      <thead><tr>
        <th scope="col"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:variable[@id = $table/@rows]/t:title"/></xsl:call-template></th>
        <xsl:for-each select="$region/r:committee"><th scope="col" class="n"><bdi><xsl:value-of select="@code"/></bdi></th></xsl:for-each>
        <th scope="col" class="n"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="$table/r:row">
          <tr>
            <th scope="row"><xsl:call-template name="category"><xsl:with-param name="variable" select="$table/@rows"/><xsl:with-param name="code" select="@code"/></xsl:call-template></th>
            <xsl:for-each select="r:from"><td class="n"><xsl:value-of select="."/></td></xsl:for-each>
            <td class="n"><xsl:value-of select="@total"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:template>

  <!-- Rows by columns, the names of HTCDS beside them. -->
  <xsl:template match="r:table">
    <xsl:variable name="table" select="."/>
    <xsl:variable name="rows" select="$tables/t:variable[@id = $table/@rows]"/>
    <table>
      <thead><tr>
        <th scope="col"><xsl:call-template name="named"><xsl:with-param name="of" select="$rows/t:title"/></xsl:call-template></th>
        <xsl:if test="$rows/@htcds"><th scope="col"><bdi dir="ltr">HTCDS</bdi></th></xsl:if>
        <th scope="col"><bdi dir="ltr">IC-TIP</bdi></th>
        <xsl:for-each select="r:column"><th scope="col" class="n"><xsl:call-template name="category"><xsl:with-param name="variable" select="$table/@columns"/><xsl:with-param name="code" select="@code"/></xsl:call-template></th></xsl:for-each>
        <th scope="col" class="n"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
      </tr></thead>
      <tbody>
        <xsl:for-each select="r:row">
          <xsl:variable name="category" select="$rows/t:category[@code = current()/@code]"/>
          <tr>
            <th scope="row"><xsl:call-template name="named"><xsl:with-param name="of" select="$category"/></xsl:call-template></th>
            <xsl:if test="$rows/@htcds"><td><bdi dir="ltr" class="code"><xsl:value-of select="$category/@htcds"/></bdi></td></xsl:if>
            <td><bdi dir="ltr" class="code"><xsl:value-of select="$category/@ic-tip"/></bdi></td>
            <xsl:for-each select="r:cell"><td class="n"><xsl:value-of select="@sum"/></td></xsl:for-each>
            <td class="n"><xsl:value-of select="@total"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
      <tfoot><tr>
        <th scope="row"><xsl:value-of select="ih:word('region.total', $tongue)"/></th>
        <xsl:if test="$rows/@htcds"><td></td></xsl:if><td></td>
        <xsl:for-each select="r:column"><td class="n"><xsl:value-of select="@total"/></td></xsl:for-each>
        <td class="n"><xsl:value-of select="@total"/></td>
      </tr></tfoot>
    </table>
    <xsl:if test="@multi">
      <xsl:variable name="key"><xsl:choose><xsl:when test="$rows/@from = 'step' or $rows/@from = 'days'">region.steps</xsl:when><xsl:otherwise>region.multi</xsl:otherwise></xsl:choose></xsl:variable>
      <p class="multi"><xsl:value-of select="ih:say(string($key), $tongue, string($region/@persons))"/></p>
    </xsl:if>
  </xsl:template>

  <!-- ==== earlier periods, and this one -->

  <xsl:template name="trend-section">
    <section>
      <h2><xsl:value-of select="ih:word('region.chart.trend', $tongue)"/></h2>
      <xsl:call-template name="trend"/>
      <table>
        <thead><tr>
          <th scope="col"><xsl:value-of select="ih:word('region.period', $tongue)"/></th>
          <th scope="col" class="n"><xsl:value-of select="ih:word('region.committees', $tongue)"/></th>
          <th scope="col" class="n"><xsl:value-of select="ih:word('region.persons', $tongue)"/></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="$region/r:earlier"><tr><th scope="row"><bdi dir="ltr"><xsl:value-of select="@period"/></bdi></th><td class="n"><xsl:value-of select="@committees"/></td><td class="n"><bdi dir="ltr"><xsl:value-of select="concat(@persons, ' ± ', @bound)"/></bdi></td></tr></xsl:for-each>
          <tr><th scope="row"><bdi dir="ltr"><xsl:value-of select="$region/@period"/></bdi></th><td class="n"><xsl:value-of select="count($region/r:committee)"/></td><td class="n"><bdi dir="ltr"><xsl:value-of select="concat($region/@persons, ' ± ', $region/@bound)"/></bdi></td></tr>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <!-- ==== SDG 16.2.2: where a population and its source are given -->

  <xsl:template name="rate">
    <xsl:variable name="given" select="$tables/t:population[@year = $region/@period][@committee = $region/r:committee/@code]"/>
    <section>
      <h2><xsl:value-of select="ih:word('region.rate', $tongue)"/></h2>
      <xsl:choose>
        <xsl:when test="not($given)"><p><xsl:value-of select="ih:word('region.rate.none', $tongue)"/></p></xsl:when>
        <xsl:otherwise>
          <table>
            <thead><tr>
              <th scope="col"><xsl:value-of select="ih:word('region.committee', $tongue)"/></th>
              <th scope="col" class="n"><xsl:value-of select="ih:word('region.population', $tongue)"/></th>
              <th scope="col"><xsl:value-of select="ih:word('region.source', $tongue)"/></th>
              <th scope="col" class="n"><xsl:value-of select="ih:word('region.rate', $tongue)"/></th>
            </tr></thead>
            <tbody>
              <xsl:for-each select="$given">
                <xsl:variable name="identified" select="$region/r:table[@rows = 'stage']/r:row[@code = 'identified']/r:from[@committee = current()/@committee]"/>
                <tr>
                  <th scope="row"><xsl:call-template name="country"><xsl:with-param name="code" select="@committee"/></xsl:call-template></th>
                  <td class="n"><xsl:value-of select="@persons"/></td>
                  <td><bdi><xsl:value-of select="*[local-name() = 'source']"/></bdi></td>
                  <td class="n"><bdi dir="ltr"><xsl:value-of select="format-number($identified * 100000 div @persons, '0.00')"/></bdi></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </xsl:otherwise>
      </xsl:choose>
    </section>
  </xsl:template>

  <!-- ==== what the questionnaire of UNODC asks beside each table -->

  <xsl:template name="sources">
    <section>
      <h2><xsl:value-of select="ih:word('region.sources', $tongue)"/></h2>
      <table>
        <thead><tr>
          <th scope="col"><xsl:value-of select="ih:word('region.committee', $tongue)"/></th>
          <th scope="col"><xsl:value-of select="ih:word('region.law', $tongue)"/></th>
          <th scope="col"><xsl:value-of select="ih:word('region.source', $tongue)"/></th>
        </tr></thead>
        <tbody>
          <xsl:for-each select="$region/r:committee">
            <xsl:variable name="law" select="/s:sources/s:mechanism/m:mechanism[@code = current()/@code]/m:law[m:element][1]"/>
            <tr>
              <th scope="row"><xsl:call-template name="country"><xsl:with-param name="code" select="@code"/></xsl:call-template></th>
              <td><xsl:if test="$law"><xsl:call-template name="named"><xsl:with-param name="of" select="$law"/></xsl:call-template><xsl:text> – </xsl:text><bdi dir="ltr"><xsl:value-of select="$law/m:element[1]/@article"/></bdi></xsl:if></td>
              <td><xsl:value-of select="ih:word('region.source.registry', $tongue)"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
      <table>
        <tbody>
          <xsl:for-each select="$region/r:table">
            <xsl:variable name="from" select="$tables/t:variable[@id = current()/@rows]/@from"/>
            <tr>
              <th scope="row"><xsl:call-template name="named"><xsl:with-param name="of" select="$tables/t:table[@id = current()/@id]/t:title"/></xsl:call-template></th>
              <td><xsl:choose>
                <xsl:when test="$from = 'step' or $from = 'days'"><xsl:value-of select="ih:word('region.counts.steps', $tongue)"/></xsl:when>
                <xsl:otherwise><xsl:value-of select="ih:word('region.counts.cases', $tongue)"/></xsl:otherwise>
              </xsl:choose></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>
</xsl:stylesheet>
